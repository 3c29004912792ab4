import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { helpFor } from './index.ts'
import { loadHelpLines, parseHelpLines } from './load-help-lines.ts'
import { SAFETY_FOLDER } from './load-phrases.ts'

const FILE = fileURLToPath(new URL('help-lines.yaml', SAFETY_FOLDER))

const file = `countries:
  RU:
    emergency: "112"
    lines:
      - name: { ru: Линия, en: A line }
        contact: "8 800 1"
        for: [self_harm]
        languages: [ru]
        source: https://example.org/
        checked: 2026-11-23
worldwide:
  emergency: "112"
  lines:
    - name: { ru: Везде, en: Everywhere }
      contact: https://example.org/
      for: [self_harm, violence]
      languages: [en]
      source: https://example.org/
      checked: null
`

test('the country is told by the time zone, under any name that the zone has had', () => {
  const countryOf = (timezone: string) => helpFor({ locale: 'en', topic: 'self_harm', timezone }).country
  assert.deepEqual(
    ['Europe/Kyiv', 'Europe/Kiev', 'Asia/Yekaterinburg', 'America/New_York', 'Asia/Almaty', 'Europe/London'].map(
      countryOf,
    ),
    ['UA', 'UA', 'RU', 'US', 'KZ', 'GB'],
  )
  assert.deepEqual(['Antarctica/Troll', 'Europe/Atlantis', 'UTC'].map(countryOf), [null, null, null])
})

test('a country that is told wins over the one that is guessed', () => {
  const help = helpFor({ locale: 'en', topic: 'self_harm', country: 'us', timezone: 'Europe/Moscow' })
  assert.deepEqual([help.country, help.emergency, help.lines[0]?.contact], ['US', '911', '988'])
})

test('who writes Russian and is nowhere known gets the lines of Russia, and all get the way to those of every country', () => {
  assert.equal(helpFor({ locale: 'ru', topic: 'self_harm' }).country, 'RU')
  assert.equal(helpFor({ locale: 'en', topic: 'self_harm' }).country, null)
  for (const topic of ['self_harm', 'violence'] as const) {
    for (const timezone of [null, 'Europe/Moscow', 'Asia/Bishkek', 'Antarctica/Troll']) {
      const { lines, emergency } = helpFor({ locale: 'ru', topic, timezone })
      assert.match(lines.at(-1)?.contact ?? '', /findahelpline/)
      assert.match(emergency, /\d/)
      assert.ok(lines.length <= 3)
    }
  }
})

test('for violence at home the line that is there for it stands first', () => {
  assert.equal(helpFor({ locale: 'ru', topic: 'violence' }).lines[0]?.contact, '8 800 7000-600')
  assert.notEqual(helpFor({ locale: 'ru', topic: 'self_harm' }).lines[0]?.contact, '8 800 7000-600')
})

test('every line of the file names a source, and none was looked at in the future', () => {
  const { countries, worldwide } = loadHelpLines(FILE)
  for (const { source, checked } of [...Object.values(countries), worldwide].flatMap(({ lines }) => lines)) {
    assert.match(source, /^https:/)
    if (checked !== null) assert.ok(Date.parse(checked) <= Date.now(), `${source} ${checked}`)
  }
})

test('a file that is wrong is refused with the line that is wrong', () => {
  const wrong: [string, string, number, RegExp][] = [
    ['contact: "8 800 1"', 'contact: call us', 6, /as it is dialled/],
    ['for: [self_harm]', 'for: [sadness]', 7, /for/],
    ['source: https://example.org/', 'source: someone', 9, /source/],
    ['checked: 2026-11-23', 'checked: lately', 10, /looked at/],
    ['RU:', 'Russia:', 2, /two letters/],
    ['for: [self_harm, violence]', 'for: [self_harm]', 13, /no line for violence/],
    ['emergency: "112"', 'emergency: police', 3, /emergency/],
  ]
  for (const [from, to, line, says] of wrong) {
    assert.throws(
      () => parseHelpLines(file.replace(from, to), 'help-lines.yaml'),
      (error: Error) => {
        assert.match(error.message, says)
        assert.match(error.message, new RegExp(`^help-lines\\.yaml:${line}:`), `${to}: ${error.message}`)
        return true
      },
    )
  }
})
