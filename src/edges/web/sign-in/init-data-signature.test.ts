import assert from 'node:assert/strict'
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { Problem } from '#edges/http'
import { TELEGRAM_INIT_DATA_KEY, verifyInitDataSignature } from './init-data-signature.ts'

const NOW = 1_790_000_000
const BOT = '7000000001'
const telegram = generateKeyPairSync('ed25519')
const another = generateKeyPairSync('ed25519')
const FIELDS = {
  user: '{"id":279058397,"first_name":"Аня + \\/ \\ud83d\\ude3a","allows_write_to_pm":true}',
  chat_instance: '8134722200314281151',
  auth_date: String(NOW - 10),
}

function rawKey(key: KeyObject): string {
  return Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url').toString('hex')
}
/** Written as core.telegram.org/bots/webapps says, not as the code under test does it. */
function signed(fields: Record<string, string>, { bot = BOT, key = telegram.privateKey } = {}): string {
  const lines = Object.entries(fields).map(([name, value]) => `${name}=${value}`)
  const text = `${bot}:WebAppData\n${lines.sort().join('\n')}`
  const signature = sign(null, Buffer.from(text), key).toString('base64url')
  return new URLSearchParams({ ...fields, signature, hash: 'f'.repeat(64) }).toString()
}
function check(initData: string, keys = [rawKey(telegram.publicKey)]) {
  return verifyInitDataSignature(initData, { botId: BOT, publicKeys: keys, nowSeconds: NOW })
}
function codeOf(initData: string, keys?: string[]): string {
  try {
    check(initData, keys)
    return 'verified'
  } catch (error) {
    assert.ok(error instanceof Problem && error.status === 401, String(error))
    return error.code
  }
}

test('Telegram’s signature names the person without the bot’s token', () => {
  const { person, mayWrite } = check(signed(FIELDS))
  assert.deepEqual([person.id, person.firstName, mayWrite], [279_058_397, 'Аня + / 😺', true])
  assert.equal(codeOf(signed(FIELDS).split('&').reverse().join('&')), 'verified')
})

test('another key, another bot or no signature proves nothing', () => {
  assert.equal(codeOf(signed(FIELDS, { key: another.privateKey })), 'invalid_signature')
  assert.equal(codeOf(signed(FIELDS, { bot: '7000000002' })), 'invalid_signature')
  assert.equal(codeOf(signed(FIELDS).replace(/&signature=[^&]*/, '')), 'invalid_signature')
  assert.equal(codeOf(signed(FIELDS), []), 'invalid_signature')
  assert.equal(codeOf(signed(FIELDS), [TELEGRAM_INIT_DATA_KEY]), 'invalid_signature')
  const either = [TELEGRAM_INIT_DATA_KEY, rawKey(telegram.publicKey)]
  assert.equal(codeOf(signed(FIELDS), either), 'verified')
})

test('the signature is written in one way only, so that a payload cannot be dressed as another', () => {
  const data = signed(FIELDS)
  const [, signature = ''] = /signature=([\w-]{86})/.exec(data) ?? []
  const other = String.fromCharCode(signature.charCodeAt(85) + 1)
  const shapes = ['', 'x', `${signature}=`, `${signature}==`, signature.slice(1), `${signature.slice(0, 85)}${other}`]
  for (const shape of shapes) {
    const dressed = data.replace(signature, encodeURIComponent(shape))
    assert.equal(codeOf(dressed), 'invalid_signature', shape)
  }
})

test('a payload is the same one whatever unsigned hash it carries', () => {
  const data = signed(FIELDS)
  assert.equal(check(data).hash, check(data.replace(/hash=f+/, 'hash=0')).hash)
  assert.notEqual(check(data).hash, check(signed({ ...FIELDS, chat_instance: '1' })).hash)
})

test('stale, future and undated payloads are refused as expired', () => {
  assert.equal(codeOf(signed({ ...FIELDS, auth_date: String(NOW - 3600) })), 'verified')
  for (const auth_date of [NOW - 3601, NOW + 61, -1, '', 'x']) {
    assert.equal(codeOf(signed({ ...FIELDS, auth_date: String(auth_date) })), 'expired', String(auth_date))
  }
})

test('whichever character of the signed part is another one, it is refused', () => {
  const data = signed(FIELDS)
  const end = data.indexOf('&hash=')
  const hurt = fc.tuple(fc.nat(end - 1), fc.integer({ min: 32, max: 126 })).map(([at, code]) => {
    return data.slice(0, at) + String.fromCharCode(code) + data.slice(at + 1)
  })
  const same = (text: string) => String([...new URLSearchParams(text)]) === String([...new URLSearchParams(data)])
  fc.assert(fc.property(hurt, (text) => same(text) || codeOf(text) !== 'verified'))
})
