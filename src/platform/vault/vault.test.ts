import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { createVault, fingerprintOf, VaultError } from './index.ts'

const masterKey = randomBytes(32)
const vault = createVault({ masterKey })
const place = { table: 'messages', id: 'row-1' }

test('what is sealed opens again, whatever the text', () => {
  const dataKey = vault.newDataKey()
  const texts = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.string())
  fc.assert(
    fc.property(texts, fc.string(), fc.string(), (text, table, id) => {
      const sealed = vault.seal(dataKey, { table, id }, text)
      assert.equal(vault.open(dataKey, { table, id }, sealed), text.toWellFormed())
      assert.equal(vault.keyIdOf(sealed), dataKey.id)
    }),
  )
})

test('half a surrogate pair becomes the replacement sign instead of broken UTF-8', () => {
  const dataKey = vault.newDataKey()
  assert.equal(vault.open(dataKey, place, vault.seal(dataKey, place, 'a\ud83db')), 'a\ufffdb')
})

test('a changed, shortened or lengthened value never opens', () => {
  const dataKey = vault.newDataKey()
  fc.assert(
    fc.property(fc.string(), fc.nat(), fc.integer({ min: 1, max: 255 }), (text, position, flip) => {
      const sealed = vault.seal(dataKey, place, text)
      const changed = Buffer.from(sealed)
      const at = position % changed.length
      changed.writeUInt8(changed.readUInt8(at) ^ flip, at)
      assert.throws(() => vault.open(dataKey, place, changed), VaultError)
      assert.throws(() => vault.open(dataKey, place, sealed.subarray(0, at)), VaultError)
      assert.throws(() => vault.open(dataKey, place, Buffer.concat([sealed, Buffer.of(flip)])), VaultError)
    }),
  )
})

test('a value moved to another row, another table or another key does not open', () => {
  const dataKey = vault.newDataKey()
  const sealed = vault.seal(dataKey, place, 'secret')
  assert.throws(() => vault.open(dataKey, { ...place, id: 'row-2' }, sealed), VaultError)
  assert.throws(() => vault.open(dataKey, { ...place, table: 'memory' }, sealed), VaultError)
  assert.throws(() => vault.open(vault.newDataKey(), place, sealed), VaultError)
  assert.throws(() => vault.open({ ...vault.newDataKey(), header: dataKey.header }, place, sealed), VaultError)
  assert.throws(() => vault.open({ ...dataKey, header: vault.newDataKey().header }, place, sealed), VaultError)
})

test('no two places look alike, however table and row are cut', () => {
  const dataKey = vault.newDataKey()
  const sealed = vault.seal(dataKey, { table: 'a:b', id: 'c' }, 'secret')
  assert.throws(() => vault.open(dataKey, { table: 'a', id: 'b:c' }, sealed), VaultError)
})

test('the same text sealed twice looks different, past the refill of the pool too', () => {
  const dataKey = vault.newDataKey()
  const sealed = Array.from({ length: 2000 }, () => vault.seal(dataKey, place, 'secret').toString('hex'))
  assert.equal(new Set(sealed).size, sealed.length)
})

test('a failure tells nothing about the content', () => {
  const dataKey = vault.newDataKey()
  const sealed = vault.seal(dataKey, place, 'private words')
  const failure = captured(() => vault.open(vault.newDataKey(), place, sealed))
  assert.doesNotMatch(`${failure.message} ${failure.stack}`, new RegExp(`private words|${dataKey.id}|row-1`))
})

test('a data key survives being wrapped, in another process too', () => {
  const { id, key, header, wrapped } = vault.newDataKey()
  const sealed = vault.seal({ id, key, header }, place, 'kept')
  const later = createVault({ masterKey })
  assert.equal(later.open(later.unwrap(id, wrapped), place, sealed), 'kept')
})

test('a wrapped key opens with neither another master key nor another id', () => {
  const { id, wrapped } = vault.newDataKey()
  const stranger = createVault({ masterKey: randomBytes(32) })
  assert.throws(() => stranger.unwrap(id, wrapped), VaultError)
  assert.throws(() => vault.unwrap(vault.newDataKey().id, wrapped), VaultError)
  assert.throws(() => vault.unwrap('not-a-uuid', wrapped), VaultError)
  assert.throws(() => vault.unwrap(id, Buffer.alloc(0)), VaultError)
})

test('a sealed value cannot pass for a wrapped key', () => {
  const dataKey = vault.newDataKey()
  assert.throws(() => vault.unwrap(dataKey.id, vault.seal(dataKey, place, 'x'.repeat(32))), VaultError)
})

test('each purpose has a secret of its own, the same at every start', () => {
  const again = createVault({ masterKey })
  assert.deepEqual(again.hmac('a', 'data'), vault.hmac('a', Buffer.from('data')))
  assert.deepEqual(again.derive('a'), vault.derive('a'))
  assert.equal(vault.derive('a', 64).length, 64)
  const secrets = [vault.hmac('a', 'data'), vault.hmac('b', 'data'), vault.derive('a'), vault.derive('b')]
  assert.equal(new Set([...secrets, fingerprintOf(masterKey)].map((secret) => secret.toString('hex'))).size, 5)
})

test('many purposes do not change what any of them answers', () => {
  const purposes = Array.from({ length: 600 }, (_, index) => `purpose ${index}`)
  const first = purposes.map((purpose) => vault.hmac(purpose, 'data'))
  assert.deepEqual(
    purposes.map((purpose) => vault.hmac(purpose, 'data')),
    first,
  )
})

test('the fingerprint tells master keys apart', () => {
  assert.deepEqual(fingerprintOf(masterKey), fingerprintOf(Buffer.from(masterKey)))
  assert.notDeepEqual(fingerprintOf(randomBytes(32)), fingerprintOf(masterKey))
  assert.throws(() => createVault({ masterKey: randomBytes(31) }), VaultError)
})

function captured(deed: () => unknown): Error {
  try {
    deed()
  } catch (error) {
    if (error instanceof Error) return error
  }
  throw new Error('nothing was thrown')
}
