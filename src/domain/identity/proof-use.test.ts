import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { sql } from 'kysely'
import { testDatabase } from '#test/database'
import { forgetStaleProofs, spendProof } from './index.ts'

const { db } = await testDatabase()
const limits = { maxUses: 20, withinSeconds: 60, keepSeconds: 600 }

test('of many uses at once exactly as many pass as are allowed', async () => {
  const hash = randomBytes(32)
  const uses = await Promise.all(Array.from({ length: 30 }, () => spendProof(db, hash, limits)))
  assert.equal(uses.filter(Boolean).length, 20)
  assert.equal(await spendProof(db, randomBytes(32), limits), true)
})

test('the time begins with the first use', async () => {
  const hash = randomBytes(32)
  assert.equal(await spendProof(db, hash, limits), true)
  assert.equal(await spendProof(db, hash, limits), true)
  await sql`UPDATE proof_uses SET first_used_at = first_used_at - interval '61 seconds' WHERE proof_hash = ${hash}`.execute(
    db,
  )
  assert.equal(await spendProof(db, hash, limits), false)
})

test('a use is remembered for as long as it must be, and not longer', async () => {
  const [kept, over] = [randomBytes(32), randomBytes(32)]
  await spendProof(db, kept, { ...limits, maxUses: 1 })
  await spendProof(db, over, { ...limits, maxUses: 1 })
  await sql`UPDATE proof_uses SET expires_at = now() - interval '1 second' WHERE proof_hash = ${over}`.execute(db)
  await forgetStaleProofs(db)
  assert.equal(await spendProof(db, kept, { ...limits, maxUses: 1 }), false)
  assert.equal(await spendProof(db, over, { ...limits, maxUses: 1 }), true)
})
