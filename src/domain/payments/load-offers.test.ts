import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { loadOffers } from './index.ts'
import { parseOffers } from './load-offers.ts'

const OFFERS = fileURLToPath(new URL('../../../offers.yaml', import.meta.url))

const offer = `offers:
  - id: small
    kind: pack
    title: { ru: Пакет, en: A pack }
    description: { ru: Кредиты, en: Credits }
    stars: 10
    credits: { basic: 5 }
`

test('what is offered can be read: three packs and one subscription, every type among them', async () => {
  const offers = await loadOffers(OFFERS)
  assert.deepEqual(offers.map(({ kind }) => kind).toSorted(), ['pack', 'pack', 'pack', 'subscription'])
  const types = new Set(offers.flatMap(({ credits }) => Object.keys(credits)))
  assert.deepEqual([...types].toSorted(), ['basic', 'cassandra', 'pro'])
})

test('a file that is wrong is refused with the line that is wrong', () => {
  const wrong: [string, string, number, RegExp][] = [
    ['stars: 10', 'stars: 1.5', 6, /offers\.0\.stars/],
    ['stars: 10', 'stars: 10001', 6, /stars/],
    ['stars: 10', 'stars: -1', 6, /stars/],
    ['basic: 5', 'gold: 5', 7, /credits/],
    ['{ basic: 5 }', '{}', 7, /bring something/],
    ['kind: pack', 'kind: gift', 3, /kind/],
    ['en: A pack', `en: ${'x'.repeat(33)}`, 4, /title\.en/],
    ['id: small', 'id: Small one', 2, /small letters/],
    ['offers:', 'offers: [', 2, /YAML/],
  ]
  for (const [from, to, line, says] of wrong) {
    assert.throws(
      () => parseOffers(offer.replace(from, to), 'offers.yaml'),
      (error: Error) => {
        assert.match(error.message, says)
        assert.match(error.message, new RegExp(`^offers\\.yaml:${line}:`), `${to}: ${error.message}`)
        return true
      },
    )
  }
})

test('an id that is used twice is refused, and so is a file that is not there', async () => {
  const twice = offer + offer.replace('offers:\n', '')
  assert.throws(() => parseOffers(twice, 'offers.yaml'), /offers\.yaml:8: id "small" is taken/)
  await assert.rejects(loadOffers('/nowhere/offers.yaml'), /cannot be read/)
})
