import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { FluentResource } from '@fluent/bundle'
import { chooseLocale } from './locale.ts'
import { createTexts } from './texts.ts'

const web = new URL('../', import.meta.url)
const read = (locale: string) =>
  [
    'web',
    'web-linking',
    'web-characters',
    'web-sign-in',
    'web-settings',
    'web-reminders',
    'web-credits',
    'web-leaving',
    'web-legal',
  ]
    .map((file) => readFileSync(new URL(`../locales/${locale}/${file}.ftl`, web), 'utf8'))
    .join('\n')
const keys = (locale: string) => new FluentResource(read(locale)).body.map((entry) => entry.id)

test('both languages have the same keys, each once', () => {
  const russian = keys('ru')
  assert.deepEqual([...russian].sort(), [...keys('en')].sort())
  assert.equal(new Set(russian).size, russian.length)
})

test('both languages use the same arguments in each sentence', () => {
  const argumentsOf = (locale: string) =>
    Object.fromEntries(
      new FluentResource(read(locale)).body.map(({ id, value }) => [
        id,
        [...new Set(JSON.stringify(value).match(/"type":"var","name":"[^"]+"/g))].sort(),
      ]),
    )
  assert.deepEqual(argumentsOf('ru'), argumentsOf('en'))
})

test('every key that the page names exists, and every key is named', () => {
  const known = new Set(keys('ru'))
  const named = new Set<string>()
  for (const source of readSources()) {
    for (const [, key] of source.matchAll(/'([a-z]+(?:-[a-z0-9_]+)+)'/g)) if (key && known.has(key)) named.add(key)
    for (const [, key = ''] of source.matchAll(/\bt\('([^']+)'/g)) assert.ok(known.has(key), `${key} has no sentence`)
    for (const [, stem = ''] of source.matchAll(/`([a-z]+(?:-[a-z]+)*-)\$\{/g)) {
      for (const key of known) if (key.startsWith(stem)) named.add(key)
    }
  }
  assert.deepEqual(
    [...known].filter((key) => !named.has(key)),
    [],
  )
})

test('Russian counts credits as people do', () => {
  const { t } = createTexts('ru', new FluentResource(read('ru')).body)
  const counted = [1, 2, 5, 11, 21, 104].map((count) => t('credits-basic-count', { count }))
  assert.deepEqual(counted, ['1 кредит', '2 кредита', '5 кредитов', '11 кредитов', '21 кредит', '104 кредита'])
})

test('a missing sentence shows its key and breaks nothing', () => {
  assert.equal(createTexts('en', new FluentResource('hello = Hello').body).t('good-bye'), 'good-bye')
})

test('the language is the first one that the product speaks', () => {
  assert.equal(chooseLocale(['de-DE', 'ru-RU', 'en']), 'ru')
  assert.equal(chooseLocale(['', 'en-GB']), 'en')
  assert.equal(chooseLocale(['fr']), 'en')
})

function readSources(): string[] {
  return readdirSync(web, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.name.includes('.test.'))
    .filter((entry) => !entry.parentPath.includes('/dist'))
    .map((entry) => readFileSync(`${entry.parentPath}/${entry.name}`, 'utf8'))
}
