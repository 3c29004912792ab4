import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { testDatabase } from '#test/database'
import { checkInstallation, createVault, WrongMasterKeyError } from './index.ts'

const masterKey = randomBytes(32)

test('a database belongs to the first master key that starts on it', async (t) => {
  const { db } = await testDatabase(t)
  await checkInstallation(db, createVault({ masterKey }))
  await checkInstallation(db, createVault({ masterKey }))
  const stranger = createVault({ masterKey: randomBytes(32) })
  await assert.rejects(checkInstallation(db, stranger), (error) => {
    return error instanceof WrongMasterKeyError && /MASTER_KEY/.test(error.message)
  })
})

test('of two keys that start at the same moment one is refused', async (t) => {
  const { db } = await testDatabase(t)
  const starts = Array.from({ length: 6 }, (_, index) =>
    checkInstallation(db, createVault({ masterKey: Buffer.alloc(32, index % 2) })),
  )
  const results = await Promise.allSettled(starts)
  const passed = results.map(({ status }) => status === 'fulfilled')
  const first = passed.indexOf(true)
  assert.deepEqual(
    passed,
    passed.map((_, index) => index % 2 === first % 2),
  )
})
