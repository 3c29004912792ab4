import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { inTransaction, isUnavailable } from '#platform/postgres'
import { holdUser } from '#test/hold-user'
import { openRooms } from '#test/rooms'
import { waitFor } from '#test/wait-for'
import { lockUser, lockUsers } from './index.ts'

const { db, pool, newPerson } = await openRooms()
const idOf = async () => (await newPerson()).userId

/** As a merge and its undo leave it. */
async function point(from: string, to: string | null): Promise<void> {
  await sql`UPDATE users SET merged_into = ${to} WHERE id = ${from}`.execute(db)
}

test('a tombstone leads to its survivor and is not locked itself', async () => {
  const [first, second, survivor] = [await idOf(), await idOf(), await idOf()]
  await point(first, second)
  await point(second, survivor)
  await db.transaction().execute(async (tx) => {
    assert.equal((await lockUser(tx, first))?.id, survivor)
    assert.equal((await lockUser(tx, survivor))?.id, survivor, 'once more in the same transaction')
    const free = await db.transaction().execute((other) => lockUsers(other, [first, second]))
    assert.equal(free.size, 2)
    await assert.rejects(
      db.transaction().execute((other) => lockUser(other, second)),
      (error) => isUnavailable(error),
    )
  })
  assert.equal(await lockUser(db, '00000000-0000-4000-8000-000000000000'), null)
})

test('nobody who wants a held user keeps a connection: others work, and the deed is done afterwards', async (t) => {
  const [held, other] = [await idOf(), await idOf()]
  const release = await holdUser({ pool }, held)
  t.after(release)
  let tries = 0
  const done: string[] = []
  const deeds = Array.from({ length: 3 * pool.options.max }, () =>
    inTransaction(db, async (tx) => {
      tries += 1
      return (await lockUser(tx, held))?.id
    }).then(() => done.push('held')),
  )
  await waitFor(() => tries > deeds.length)
  await inTransaction(db, (tx) => lockUser(tx, other))
  assert.deepEqual(done, [])
  await release()
  await Promise.all(deeds)
})

test('whoever waits through a merge ends at the survivor, and through an undo at the user itself', async (t) => {
  const [user, survivor] = [await idOf(), await idOf()]
  for (const [before, after, wanted] of [
    [null, survivor, survivor],
    [survivor, null, user],
  ] as const) {
    await point(user, before)
    const client = await pool.connect()
    t.after(() => client.query('ROLLBACK').then(() => client.release()))
    await client.query('BEGIN')
    await client.query('SELECT FROM users WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE', [[user, survivor]])
    let tries = 0
    const waiting = inTransaction(db, async (tx) => {
      tries += 1
      return lockUser(tx, user)
    })
    await waitFor(() => tries > 1)
    await client.query('UPDATE users SET merged_into = $2 WHERE id = $1', [user, after])
    await client.query('COMMIT')
    assert.equal((await waiting)?.id, wanted)
  }
})
