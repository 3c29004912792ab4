import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { testDatabase } from '#test/database'
import {
  beginKeyChange,
  createVault,
  endKeyChange,
  fingerprintOf,
  openVault,
  VaultError,
  WrongMasterKeyError,
} from './index.ts'

const [first, second, third] = [1, 2, 3].map(() => randomBytes(32)) as [Buffer, Buffer, Buffer]

test('a database belongs to the first master key that starts on it', async (t) => {
  const { db } = await testDatabase(t)
  await openVault(db, { masterKey: first })
  await openVault(db, { masterKey: first })
  await assert.rejects(openVault(db, { masterKey: second }), refusal(/MASTER_KEY is not the key/))
})

test('of two keys that start at the same moment one is refused', async (t) => {
  const { db } = await testDatabase(t)
  const starts = Array.from({ length: 6 }, (_, index) => openVault(db, { masterKey: Buffer.alloc(32, index % 2) }))
  const results = await Promise.allSettled(starts)
  const passed = results.map(({ status }) => status === 'fulfilled')
  const winner = passed.indexOf(true)
  assert.deepEqual(
    passed,
    passed.map((_, index) => index % 2 === winner % 2),
  )
})

test('before, during and after a change each key alone is taken or refused with its own sentence, and both are taken', async (t) => {
  const { db } = await testDatabase(t)
  const both = { masterKey: second, previousKey: first }
  const old = (await openVault(db, { masterKey: first })).newDataKey()
  const before = await openVault(db, both)
  assert.equal(before.rewrap(old.id, old.wrapped), null, 'before the change everything new still lies under the former')

  assert.equal(await beginKeyChange(db, fingerprintOf(first), fingerprintOf(second)), true)
  assert.equal(await beginKeyChange(db, fingerprintOf(first), fingerprintOf(third)), false, 'one change at a time')
  await assert.rejects(openVault(db, { masterKey: first }), refusal(/being changed.*MASTER_KEY_PREVIOUS/))
  await assert.rejects(openVault(db, { masterKey: second }), refusal(/MASTER_KEY_PREVIOUS.*keys rotate/))
  await assert.rejects(openVault(db, { masterKey: third }), refusal(/is not the key/))
  const during = await openVault(db, both)
  const wrapped = during.rewrap(old.id, old.wrapped)
  assert.ok(wrapped && during.unwrap(old.id, wrapped).key.equals(during.unwrap(old.id, old.wrapped).key))
  assert.equal(during.rewrap(old.id, wrapped), null)
  assert.throws(() => createVault({ masterKey: first }).unwrap(old.id, wrapped), VaultError)

  assert.equal(await endKeyChange(db, fingerprintOf(second), during.wrapRoot()), true)
  await assert.rejects(openVault(db, { masterKey: first }), refusal(/has been changed/))
  const after = await openVault(db, { masterKey: second })
  assert.ok(after.unwrap(old.id, wrapped).key.equals(during.unwrap(old.id, wrapped).key))
})

test('hashes stay what they were through any number of changes, and secrets that lie nowhere follow the key', async (t) => {
  const { db } = await testDatabase(t)
  const original = await openVault(db, { masterKey: first })
  for (const [from, to] of [
    [first, second],
    [second, third],
  ] as const) {
    await beginKeyChange(db, fingerprintOf(from), fingerprintOf(to))
    const vault = await openVault(db, { masterKey: to, previousKey: from })
    assert.deepEqual(vault.hmac('welcome', 'x'), original.hmac('welcome', 'x'))
    await endKeyChange(db, fingerprintOf(to), vault.wrapRoot())
    const alone = await openVault(db, { masterKey: to })
    assert.deepEqual(alone.hmac('welcome', 'x'), original.hmac('welcome', 'x'))
    assert.notDeepEqual(alone.derive('webhook'), original.derive('webhook'))
    assert.deepEqual(vault.deriveOthers('webhook'), [alone.derive('webhook')], 'who has both knows both')
  }
})

test('a process that runs turns to the next key when it has it or learns it', () => {
  const vault = createVault({ masterKey: first })
  assert.equal(vault.turnTo(fingerprintOf(second)), false)
  vault.learn(second)
  assert.equal(vault.turnTo(fingerprintOf(second)), true)
  const { id, wrapped } = vault.newDataKey()
  assert.equal(createVault({ masterKey: second }).unwrap(id, wrapped).id, id)
})

function refusal(says: RegExp) {
  return (error: unknown) => error instanceof WrongMasterKeyError && says.test(error.message)
}
