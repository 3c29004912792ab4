import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { FluentResource } from '@fluent/bundle'
import { createTexts } from '../texts/texts.ts'
import { clockIn, findZones, firstZones, learnCountries, zoneOf } from './zones.ts'

const [ru, en] = (['ru', 'en'] as const).map((locale) => {
  const source = readFileSync(new URL(`../../locales/${locale}/web-settings.ftl`, import.meta.url), 'utf8')
  return createTexts(locale, new FluentResource(source).body)
}) as [ReturnType<typeof createTexts>, ReturnType<typeof createTexts>]
const countries = await learnCountries('ru')
const find = (written: string, texts = ru) => findZones(written, texts, countries).map(({ id }) => id)

test('a zone is found by its city, its country and the large cities in it', () => {
  assert.deepEqual(find('екат'), ['Asia/Yekaterinburg'])
  assert.deepEqual(find('санкт петерб'), ['Europe/Moscow'])
  assert.deepEqual(find('казахст')[0], 'Asia/Almaty')
  assert.ok(find('герм').includes('Europe/Berlin'))
  assert.deepEqual(find('berlin'), ['Europe/Berlin'])
  assert.deepEqual(find('нью йорк'), ['America/New_York'])
  assert.deepEqual(find('new-york', en), ['America/New_York'])
  assert.deepEqual(find('нигде такого нет'), [])
})

test('each zone that is named here has its names in both languages', () => {
  for (const texts of [ru, en]) {
    for (const { name, more } of [
      ...firstZones([], texts),
      ...findZones('a', texts, countries),
      ...findZones('н', texts, countries),
    ]) {
      assert.doesNotMatch(`${name} ${more}`, /zone-/)
    }
  }
})

test('Russian zones come first, whatever is looked for', () => {
  assert.equal(find('с')[0], 'Europe/Moscow')
  assert.equal(firstZones([null], ru)[0]?.name, 'Москва')
})

test('the zone of the browser stands first, and once', () => {
  const ids = firstZones(['Asia/Omsk', 'Asia/Omsk', null], ru).map(({ id }) => id)
  assert.equal(ids[0], 'Asia/Omsk')
  assert.equal(ids.filter((id) => id === 'Asia/Omsk').length, 1)
})

test('a zone that nobody knows is shown by its name and breaks nothing', () => {
  assert.deepEqual(zoneOf('Mars/Olympus_Mons', ru), { id: 'Mars/Olympus_Mons', name: 'Olympus Mons', more: '' })
  assert.equal(zoneOf('UTC', ru).name, 'UTC')
  assert.deepEqual(clockIn('Mars/Olympus_Mons', 'ru'), { time: '', offset: '' })
})

test('the offset and the time are those of the place', () => {
  const noon = new Date('2026-03-01T12:05:00Z')
  assert.deepEqual(clockIn('Asia/Vladivostok', 'ru', noon), { time: '22:05', offset: 'UTC+10' })
  assert.deepEqual(clockIn('Asia/Kolkata', 'ru', noon), { time: '17:35', offset: 'UTC+5:30' })
  assert.deepEqual(clockIn('Europe/London', 'ru', noon), { time: '12:05', offset: 'UTC+0' })
})
