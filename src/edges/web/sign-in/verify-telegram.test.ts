import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Problem } from '#edges/http'
import { BOT_TOKEN, signInitData, signWidget } from './start-test-sign-in.ts'
import { verifyInitData } from './verify-init-data.ts'
import { verifyWidget, type WidgetFields } from './verify-widget.ts'

const NOW = 1_790_000_000
const OTHER_BOT = '7000000002:AAanother-bot-of-somebody-0123456789abc'
const USER = { id: 4_503_599_627_370_495, first_name: 'Аня 🐈', username: 'anya', language_code: 'en' }
const FIELDS = {
  query_id: 'AAHdF6IQAAAAAN0XohDhrOrc',
  user: JSON.stringify(USER),
  chat_instance: '-3788475317572404878',
  signature: 'c2lnbmF0dXJl',
  auth_date: String(NOW - 10),
}
const WIDGET = { id: 42, first_name: 'Anna', username: 'anna', auth_date: NOW - 10 }

function codeOf(verify: () => unknown): string {
  try {
    verify()
    return 'verified'
  } catch (error) {
    assert.ok(error instanceof Problem && error.status === 401, String(error))
    return error.code
  }
}
const initData = (data: string, nowSeconds = NOW) =>
  codeOf(() => verifyInitData(data, { botToken: BOT_TOKEN, nowSeconds }))
const widget = (fields: WidgetFields, nowSeconds = NOW) =>
  codeOf(() => verifyWidget(fields, { botToken: BOT_TOKEN, nowSeconds }))

test('signed init data names the person, byte for byte', () => {
  const data = signInitData({
    ...FIELDS,
    user: '{"id":7,"first_name":"\\ud83d\\ude3a + \\/","allows_write_to_pm":true}',
  })
  const { person, mayWrite } = verifyInitData(data, { botToken: BOT_TOKEN, nowSeconds: NOW })
  assert.deepEqual([person.id, person.firstName, mayWrite], [7, '😺 + /', true])
  assert.equal(initData(signInitData(FIELDS)), 'verified')
  assert.equal(initData(signInitData(FIELDS).replaceAll('+', '%20')), 'verified', 'both ways to write a space')
  const turned = signInitData(FIELDS).split('&').reverse().join('&')
  assert.equal(initData(turned), 'verified', 'the order on the way does not matter')
})

test('any change to signed init data is noticed', () => {
  const data = signInitData(FIELDS)
  const changed = [
    data.replace('auth_date=17', 'auth_date=18'),
    data.replace('%22id%22%3A4', '%22id%22%3A5'),
    data.replace('signature=c', 'signature=d'),
    data.replace(/&signature=[^&]*/, ''),
    `${data}&start_param=x`,
    `${data}&user=${encodeURIComponent(JSON.stringify({ id: 1 }))}`,
    `user=${encodeURIComponent(JSON.stringify({ id: 1 }))}&${data}`,
    `${data}&hash=${'0'.repeat(64)}`,
    data.replace('query_id=', 'query%5Fid=x&query_id='),
    data.replace('hash=', 'HASH='),
    signInitData(FIELDS, OTHER_BOT),
  ]
  for (const forged of changed) assert.equal(initData(forged), 'invalid_signature', forged)
})

test('a hash is 64 small hex digits and nothing else', () => {
  const data = signInitData(FIELDS)
  const hash = /hash=([0-9a-f]{64})/.exec(data)?.[1] ?? ''
  const shapes = ['', 'x', hash.toUpperCase(), `${hash}00`, `${hash}zz`, hash.slice(1), `${hash}%00`, ` ${hash}`]
  for (const shape of shapes) assert.equal(initData(data.replace(hash, shape)), 'invalid_signature', shape)
})

test('what is no init data at all is refused', () => {
  const shapes = [
    '',
    '=',
    'a',
    '&',
    'hash',
    'hash=',
    'auth_date=1',
    '%',
    '%zz=1',
    'a=%ff',
    'x'.repeat(9000),
    '&'.repeat(99),
  ]
  for (const data of shapes) assert.equal(initData(data), 'invalid_signature', data.slice(0, 20))
})

test('random damage never verifies', () => {
  const data = signInitData(FIELDS)
  const hurt = fc.tuple(fc.nat(data.length - 1), fc.integer({ min: 32, max: 126 })).map(([at, code]) => {
    return data.slice(0, at) + String.fromCharCode(code) + data.slice(at + 1)
  })
  const same = (text: string) =>
    [...new URLSearchParams(text)].map(String).sort().join() ===
    [...new URLSearchParams(data)].map(String).sort().join()
  fc.assert(fc.property(hurt, (text) => same(text) || initData(text) !== 'verified'))
})

test('init data is good for an hour and never from the future', () => {
  const dated = (auth_date: string) => initData(signInitData({ ...FIELDS, auth_date }))
  assert.equal(dated(String(NOW - 3600)), 'verified')
  assert.equal(dated(String(NOW + 60)), 'verified')
  const { auth_date, ...undated } = FIELDS
  assert.equal(initData(signInitData(undated)), 'expired')
  for (const date of [
    NOW - 3601,
    NOW + 61,
    -NOW,
    0,
    1.5,
    '',
    'abc',
    '0x6ab',
    '1e9',
    ` ${NOW}`,
    `${NOW}abc`,
    '9'.repeat(30),
  ]) {
    assert.equal(dated(String(date)), 'expired', String(date))
  }
})

test('a signed user that is none is refused', () => {
  const users = ['', 'null', '[]', '"a"', '{}', '{"id":"42"}', '{"id":1.5}', '{"id":0}', '{"id":-1}', '{"id":1e300}']
  for (const user of [
    ...users,
    '{"id":[42]}',
    '{"id":true}',
    '{"id":42,"is_bot":true}',
    '{broken',
    '{"id":4503599627370497}',
  ]) {
    assert.equal(initData(signInitData({ ...FIELDS, user })), 'invalid_signature', user)
  }
})

test('the widget is verified by its own rule and lives five minutes', () => {
  const { person } = verifyWidget(signWidget(WIDGET), { botToken: BOT_TOKEN, nowSeconds: NOW })
  assert.deepEqual([person.id, person.firstName, person.username], [42, 'Anna', 'anna'])
  assert.equal(widget(signWidget({ ...WIDGET, id: '42', auth_date: String(NOW) })), 'verified', 'as strings too')
  assert.equal(widget(signWidget({ ...WIDGET, auth_date: NOW - 300 })), 'verified')
  for (const date of [NOW - 301, NOW + 61, -1, 0, '', 'abc']) {
    assert.equal(widget(signWidget({ ...WIDGET, auth_date: date })), 'expired', String(date))
  }
  assert.equal(widget(signWidget({ id: 42, first_name: 'Anna' })), 'expired')
})

test('a widget payload that was changed, is another bot’s, or is no widget’s is refused', () => {
  const signed = signWidget(WIDGET)
  const { hash, ...unsigned } = signed
  const { username, ...dropped } = signed
  const forged: WidgetFields[] = [
    unsigned,
    dropped,
    { ...signed, id: 43 },
    { ...signed, last_name: 'Petrova' },
    { ...signed, hash: hash.toUpperCase() },
    { ...signed, hash: `${hash}00` },
    { ...signed, hash: '0'.repeat(64) },
    signWidget(WIDGET, OTHER_BOT),
    signWidget({ ...WIDGET, id: '42abc' }),
    signWidget({ ...WIDGET, id: 0 }),
    signWidget({ first_name: 'Anna', auth_date: NOW }),
    Object.fromEntries(new URLSearchParams(signInitData(FIELDS))),
  ]
  for (const fields of forged) assert.equal(widget(fields), 'invalid_signature', JSON.stringify(fields))
})

test('whatever the order of the widget’s fields, and whichever character is another one', () => {
  const signed: WidgetFields = signWidget({
    ...WIDGET,
    last_name: 'О’Хара',
    photo_url: 'https://t.me/i/userpic/320/a.svg',
  })
  const entries = Object.entries(signed).map(([key, value]): [string, string] => [key, String(value)])
  const orders = fc.shuffledSubarray(entries, { minLength: entries.length })
  fc.assert(fc.property(orders, (order) => widget(Object.fromEntries(order)) === 'verified'))
  const hurt = fc
    .tuple(
      fc.nat(entries.length - 1),
      fc.boolean(),
      fc.nat(),
      fc.string({ unit: 'grapheme', minLength: 0, maxLength: 1 }),
    )
    .map(([which, inKey, at, put]) =>
      entries.map((entry, index) => (index === which ? spoil(entry, inKey, at, put) : entry)),
    )
  const same = (pairs: [string, string][]) => String(pairs) === String(entries)
  fc.assert(fc.property(hurt, (pairs) => same(pairs) || widget(Object.fromEntries(pairs)) !== 'verified'))
})

/** One character of the key or of the value is another one, or gone. */
function spoil([key, value]: [string, string], inKey: boolean, at: number, put: string): [string, string] {
  const text = inKey ? key : value
  const place = at % text.length
  const hurt = text.slice(0, place) + put + text.slice(place + 1)
  return inKey ? [hurt, value] : [key, hurt]
}

test('a name with a line break cannot pass for another field', () => {
  const signed = signWidget({ auth_date: NOW, first_name: 'A\nid=999\nlast_name=b', id: 42 })
  assert.equal(
    widget({ auth_date: NOW, first_name: 'A', id: 999, last_name: 'b\nid=42', hash: signed.hash }),
    'invalid_signature',
  )
  assert.equal(widget(signed), 'invalid_signature')
})

test('an equals sign in a value cannot become the end of a name', () => {
  const signed = signWidget({ auth_date: NOW, first_name: 'A=B', id: 42 })
  assert.equal(widget(signed), 'verified')
  const { first_name, ...rest } = signed
  assert.equal(widget({ ...rest, 'first_name=A': 'B' }), 'invalid_signature')
  const data = signInitData({ ...FIELDS, start_param: 'a=b' })
  assert.equal(initData(data), 'verified')
  assert.equal(initData(data.replace('start_param=a%3Db', 'start_param%3Da=b')), 'invalid_signature')
})
