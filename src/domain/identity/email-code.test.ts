import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { sql } from 'kysely'
import { createVault } from '#platform/vault'
import { testDatabase } from '#test/database'
import { addressHash, issueEmailCode, spendEmailCode, tryEmailCode } from './index.ts'

const { db } = await testDatabase()
const vault = createVault({ masterKey: randomBytes(32) })

function wrong(code: string): string {
  return code === '000000' ? '000001' : '000000'
}

test('the code of an address is right once', async () => {
  const at = { vault, address: 'once@example.org' }
  const code = await issueEmailCode(db, at)
  assert.match(code, /^\d{6}$/)
  assert.equal(await tryEmailCode(db, { ...at, code }), true)
  const spent = await Promise.all([1, 2, 3].map(() => spendEmailCode(db, { ...at, code })))
  assert.deepEqual(spent.filter(Boolean).length, 1)
  assert.equal(await tryEmailCode(db, { ...at, code }), false)
})

test('the code of one address is nothing for another, nor for an address that never asked', async () => {
  const code = await issueEmailCode(db, { vault, address: 'one@example.org' })
  await issueEmailCode(db, { vault, address: 'two@example.org' })
  for (const address of ['two@example.org', 'never@example.org']) {
    assert.equal(await spendEmailCode(db, { vault, address, code }), false)
  }
  assert.equal(await tryEmailCode(db, { vault, address: 'never@example.org', code }), false)
})

test('five tries, then even the right one is too late', async () => {
  const at = { vault, address: 'tries@example.org' }
  const code = await issueEmailCode(db, at)
  const tries = await Promise.all([1, 2, 3, 4, 5].map(() => tryEmailCode(db, { ...at, code: wrong(code) })))
  assert.deepEqual(tries, [false, false, false, false, false])
  assert.equal(await tryEmailCode(db, { ...at, code }), false)
})

test('the fifth try still counts, and a new code brings five new ones', async () => {
  const at = { vault, address: 'fifth@example.org' }
  const first = await issueEmailCode(db, at)
  for (let i = 0; i < 5; i += 1) await tryEmailCode(db, { ...at, code: wrong(first) })
  const second = await issueEmailCode(db, at)
  for (let i = 0; i < 4; i += 1) await tryEmailCode(db, { ...at, code: wrong(second) })
  assert.equal(await tryEmailCode(db, { ...at, code: second }), true)
})

test('the newest code wins', async () => {
  const at = { vault, address: 'newest@example.org' }
  const first = await issueEmailCode(db, at)
  let second = await issueEmailCode(db, at)
  while (second === first) second = await issueEmailCode(db, at)
  assert.equal(await tryEmailCode(db, { ...at, code: first }), false)
  assert.equal(await tryEmailCode(db, { ...at, code: second }), true)
})

test('ten minutes, then it is dead', async () => {
  const at = { vault, address: 'late@example.org' }
  const code = await issueEmailCode(db, at)
  const hash = addressHash(vault, at.address)
  await sql`UPDATE email_codes SET expires_at = expires_at - interval '601 seconds' WHERE address_hash = ${hash}`.execute(
    db,
  )
  assert.equal(await tryEmailCode(db, { ...at, code }), false)
})

test('neither address nor code is in the database', async () => {
  const code = await issueEmailCode(db, { vault, address: 'secret@example.org' })
  const { rows } = await sql<{ row: string }>`SELECT convert_from(convert_to(email_codes::text, 'utf8'), 'utf8') AS row
    FROM email_codes`.execute(db)
  const all = rows.map(({ row }) => row).join('\n')
  assert.ok(!all.includes('secret@') && !all.includes(Buffer.from('secret@').toString('hex')))
  assert.ok(!all.includes(`,${code},`) && !all.includes(Buffer.from(code).toString('hex')))
})
