import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createCatalogue } from './catalogue.ts'
import { loadPersonas } from './load-personas.ts'

const files = await loadPersonas(new URL('../../../personas/', import.meta.url).pathname)
const [arina, cassandra] = files
assert.ok(arina && cassandra)

test('the list speaks the language asked for and shows nothing of the prompt', () => {
  const catalogue = createCatalogue(files)
  const [first] = catalogue.list('en')
  assert.ok(first)
  assert.deepEqual(Object.keys(first), ['id', 'name', 'tagline', 'description', 'avatarUrl', 'price', 'stories'])
  assert.deepEqual(Object.keys(first.stories[0] ?? {}), ['id', 'title', 'teaser'])
  assert.equal(first.name, 'Arina')
  assert.equal(first.avatarUrl, '/portraits/arina.svg')
  assert.equal(catalogue.list('ru')[1]?.name, 'Кассандра')
})

test('a story belongs to its persona alone', () => {
  const catalogue = createCatalogue(files)
  assert.equal(catalogue.story('arina', 'last-tram', 'en')?.title, 'The last tram')
  assert.equal(catalogue.story('cassandra', 'last-tram', 'en'), null)
  assert.equal(catalogue.story('nobody', 'last-tram', 'en'), null)
})

test('unknown ids, also the names of object members, find nothing', () => {
  const catalogue = createCatalogue(files)
  for (const id of ['', 'nobody', '__proto__', 'constructor', 'toString']) {
    assert.equal(catalogue.find(id), null)
    assert.equal(catalogue.localized(id, 'ru'), null)
  }
})

test('a withdrawn persona cannot be chosen, but is still called by its name', () => {
  const catalogue = createCatalogue([arina], [cassandra.persona])
  assert.deepEqual(
    catalogue.list('ru').map(({ id }) => id),
    ['arina'],
  )
  assert.equal(catalogue.find('cassandra'), null)
  assert.equal(catalogue.localized('cassandra', 'ru')?.name, 'Кассандра')
  assert.equal(catalogue.story('cassandra', 'night-train', 'ru')?.title, 'Ночной поезд')
})

test('an offered persona wins over its own withdrawn past', () => {
  const past = { ...arina.persona, ru: { ...arina.persona.ru, name: 'Прежняя' } }
  assert.equal(createCatalogue(files, [past]).localized('arina', 'ru')?.name, 'Арина')
})
