import assert from 'node:assert/strict'
import { createHash, createHmac, generateKeyPairSync, verify } from 'node:crypto'
import { test } from 'node:test'
import { writeInitData } from './init-data.ts'
import { FIRST_PEOPLE } from './person.ts'
import { TEST_TOKEN } from './start-for-test.ts'
import { writeWidget } from './widget.ts'

const NOW_SECONDS = 1_790_000_000
const { publicKey, privateKey } = generateKeyPairSync('ed25519')
const keys = { token: TEST_TOKEN, botId: 4_200_000_042, signingKey: privateKey }
const [masha = { id: 1, firstName: 'A', languageCode: 'ru' }] = FIRST_PEOPLE

/** The documented way, written out again: the code under test is not asked about itself. */
function lines(fields: URLSearchParams, without: string[]): string {
  const rows = [...fields].filter(([name]) => !without.includes(name)).map(([name, value]) => `${name}=${value}`)
  return rows.sort().join('\n')
}

test('initData proves itself by the token, over every field but the hash', () => {
  const fields = new URLSearchParams(writeInitData(masha, { startParam: 'x' }, keys, NOW_SECONDS))
  const secret = createHmac('sha256', 'WebAppData').update(TEST_TOKEN).digest()
  const expected = createHmac('sha256', secret)
    .update(lines(fields, ['hash']))
    .digest('hex')
  assert.equal(fields.get('hash'), expected)
  assert.equal(fields.get('auth_date'), String(NOW_SECONDS))
  assert.deepEqual([...fields.keys()].at(-1), 'hash')
  assert.equal(JSON.parse(fields.get('user') ?? '').first_name, 'Маша')
})

test('initData proves itself by the signature too, over every field but hash and signature', () => {
  const fields = new URLSearchParams(writeInitData(masha, {}, keys, NOW_SECONDS))
  const signed = Buffer.from(`4200000042:WebAppData\n${lines(fields, ['hash', 'signature'])}`)
  assert.ok(verify(null, signed, publicKey, Buffer.from(fields.get('signature') ?? '', 'base64url')))
})

test('initData can be of another time, another bot, or without a query', () => {
  const own = new URLSearchParams(writeInitData(masha, { authDateSeconds: 5, queryId: null }, keys, NOW_SECONDS))
  assert.deepEqual([own.get('auth_date'), own.get('query_id')], ['5', null])
  const foreign = new URLSearchParams(
    writeInitData(masha, { authDateSeconds: 5, queryId: null, token: '1:other' }, keys, NOW_SECONDS),
  )
  assert.notEqual(own.get('hash'), foreign.get('hash'))
})

test('a widget payload proves itself by the hash of the token', () => {
  const { hash, ...fields } = writeWidget(masha, {}, TEST_TOKEN, NOW_SECONDS)
  const text = lines(new URLSearchParams(Object.entries(fields).map(([name, value]) => [name, String(value)])), [])
  const secret = createHash('sha256').update(TEST_TOKEN).digest()
  assert.equal(hash, createHmac('sha256', secret).update(text).digest('hex'))
  assert.deepEqual([fields.id, fields.auth_date], [masha.id, NOW_SECONDS])
})
