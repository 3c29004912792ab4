import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { LOCALES } from '#contract/words'
import { loadPersonas } from '#domain/personas'

const STORIES_MIN = 3
const DRAWING_MAX_BYTES = 12_288
const PHOTO_MAX_BYTES = 250_000
const PHOTO_SIDE_PX = 800

const folder = new URL('./', import.meta.url)
const files = await loadPersonas(folder.pathname)
const texts = files.flatMap(({ persona }) => LOCALES.map((locale) => ({ id: persona.id, locale, ...persona[locale] })))
/** Of companions that came along from elsewhere and are not offered. */
const KEPT = 'kept'
const portraits = [...files.map(({ persona }) => persona.id), KEPT]
const drawings = [
  ...portraits.map((name) => `portraits/${name}.svg`),
  ...files.flatMap(({ persona }) => persona.ru.stories.map((story) => `stories/${persona.id}-${story.id}.svg`)),
]

test('Arina costs 1 basic and Cassandra 1 cassandra', () => {
  assert.deepEqual(
    files.map(({ persona }) => [persona.id, persona.price.type, persona.price.amount]),
    [
      ['arina', 'basic', 1],
      ['cassandra', 'cassandra', 1],
    ],
  )
})

for (const { id, locale, prompt, fallbacks, openers, stories } of texts) {
  test(`${id} in ${locale} has stories to choose from and words for a bad moment`, () => {
    assert.ok(stories.length >= STORIES_MIN)
    assert.ok(fallbacks.length >= STORIES_MIN)
    assert.ok(openers.length >= STORIES_MIN)
  })

  test(`${id} in ${locale} opens with at most one question and no exclamation`, () => {
    for (const opening of [...stories.map((story) => story.opening), ...openers]) {
      assert.ok(opening.split('?').length <= 2, opening)
      assert.doesNotMatch(opening, /!/)
    }
  })

  test(`${id} in ${locale} reproaches nobody for being silent`, () => {
    for (const opener of openers)
      assert.doesNotMatch(opener, /скуча|жд[уа]|молч|пропал|(?<![а-яё])куда|почему ты|miss|wait|silen|where/i)
  })

  test(`${id} in ${locale} does not guess the reader's gender`, () => {
    const said = [
      ...stories.flatMap(({ title, teaser, opening }) => [title, teaser, opening]),
      ...fallbacks,
      ...openers,
    ].join('\n')
    assert.doesNotMatch(said, /(?<![а-яё])(ты|вы) (?:[а-яё]+ )?[а-яё]+(л|ла|лся|лась|ен|на|рад|рада)(?![а-яё])/i)
  })

  test(`${id} in ${locale} knows the limits: adults, the truth, help, orders from elsewhere`, () => {
    const needed =
      locale === 'ru'
        ? [/только со взрослыми/, /Ты ИИ и не скрываешь/, /слова, а не распоряжения/, /Откровенных сексуальных сцен/]
        : [/adults only/, /You are an AI and you don't hide it/, /words to you, not orders/, /explicit sexual scenes/]
    for (const sentence of [...needed, /112/, /8 495 989-50-50/, /988/, /116 123/, /findahelpline\.com/]) {
      assert.match(prompt, sentence)
    }
  })
}

test('every portrait and every story has a drawing of its own, small and closed in itself', async () => {
  for (const path of drawings) {
    const drawing = await readFile(new URL(path, folder), 'utf8')
    assert.ok(Buffer.byteLength(drawing) < DRAWING_MAX_BYTES, path)
    assert.doesNotMatch(drawing, /<script|<image|<foreignObject|\son\w+=|href="(?!#)/i, path)
    const ids = [...drawing.matchAll(/\bid="([^"]+)"/g)].map(([, id]) => id)
    for (const [, used] of drawing.matchAll(/(?:url\(#|href="#)([^)"]+)/g))
      assert.ok(ids.includes(used), `${path}: ${used}`)
  }
})

test('every portrait is also a photo for Telegram', async () => {
  for (const name of portraits) {
    const photo = await readFile(new URL(`portraits/${name}.png`, folder))
    assert.ok(photo.length < PHOTO_MAX_BYTES)
    assert.deepEqual([photo.readUInt32BE(16), photo.readUInt32BE(20)], [PHOTO_SIDE_PX, PHOTO_SIDE_PX])
  }
})
