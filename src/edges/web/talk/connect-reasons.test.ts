import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadTexts } from '#platform/texts'
import { connectReasons } from './connect-reasons.ts'

const texts = await loadTexts({ folder: 'locales', strict: true })
const gift = { basic: 50, pro: 5, cassandra: 3 }
const nothing = { basic: 0, pro: 0, cassandra: 0 }
const plain = (sentence: string) => sentence.replaceAll(/[\u2068\u2069]/g, '')
const reasons = (locale: 'ru' | 'en', has: Partial<Parameters<typeof connectReasons>[2]> = {}) =>
  connectReasons(texts, locale, { messages: 0, logins: 2, gift: nothing, ...has }).map(plain)

test('without messages, a gift or a single login only what is true for everybody is said', () => {
  assert.deepEqual(reasons('ru'), ['Тот же разговор будет и в Telegram: начнёте здесь, продолжите в дороге.'])
})

test('a history is counted as people count in Russian', () => {
  const said = [1, 3, 5, 11, 21, 104].map((messages) => reasons('ru', { messages })[1]?.split(': ')[1])
  assert.deepEqual(said, [
    '1 сообщение.',
    '3 сообщения.',
    '5 сообщений.',
    '11 сообщений.',
    '21 сообщение.',
    '104 сообщения.',
  ])
  assert.equal(reasons('en', { messages: 1 })[1], 'Everything said so far stays with you: 1 message.')
})

test('the gift names what it holds and nothing else', () => {
  assert.deepEqual(reasons('ru', { gift }).slice(1), [
    'Подарок, если ваш Telegram у нас впервые: 50 обычных кредитов, 5 Pro и 3 для Кассандры.',
  ])
  assert.deepEqual(reasons('en', { gift: { ...nothing, basic: 1 } }).slice(1), [
    'A gift, if your Telegram is new here: 1 basic credit.',
  ])
})

test('who has one login hears what a second one is good for', () => {
  assert.match(reasons('ru', { logins: 1 })[1] ?? '', /^Второй способ войти/)
})
