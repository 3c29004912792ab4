import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { inTransaction } from '#platform/postgres'
import { openRooms } from '#test/rooms'
import {
  createSessionFinder,
  endSession,
  findOrCreateUser,
  freshProofs,
  listIdentities,
  lockUser,
  recordProof,
  removeIdentity,
  startSession,
} from './index.ts'

const { db, keyRing, newPerson, vault } = await openRooms()
const findSession = createSessionFinder({ db, keyRing })
let made = 0

/** A user with Telegram and a mail address. */
async function someone(): Promise<{ userId: string; telegram: string; mail: string }> {
  const { userId, telegramId } = await newPerson()
  made += 1
  const proof = {
    provider: 'email',
    externalId: `proof-${made}@example.org`,
    channel: 'web',
    displayName: '',
    locale: 'en',
  } as const
  const welcome = { basic: 0, pro: 0, cassandra: 0 }
  const other = await findOrCreateUser(db, proof, { vault, keyRing, welcome })
  await sql`UPDATE identities SET user_id = ${userId} WHERE user_id = ${other.userId}`.execute(db)
  const identities = await listIdentities(db, userId)
  const idOf = (externalId: string) => identities.find((each) => each.externalId === externalId)?.id ?? ''
  return { userId, telegram: idOf(telegramId), mail: idOf(proof.externalId) }
}

function signIn(userId: string, provenIdentityId?: string, keepProofsOf?: string) {
  return startSession(db, { userId, interface: 'browser', device: '', provenIdentityId, keepProofsOf })
}

/** Lets this much time go by since everything that was proven in a session. */
async function age(sessionId: string, seconds: number): Promise<void> {
  await sql`UPDATE session_proofs SET proven_at = proven_at - make_interval(secs => ${seconds})
    WHERE session_id = ${sessionId}`.execute(db)
  await sql`UPDATE sessions SET proven_at = proven_at - make_interval(secs => ${seconds})
    WHERE id = ${sessionId}`.execute(db)
}

function remove(userId: string, sessionId: string, identityId: string) {
  return inTransaction(db, async (tx) => {
    await lockUser(tx, userId)
    return removeIdentity(tx, { userId, sessionId, identityId, onTrial: new Set() })
  })
}

test('a proof is fresh for five minutes, and again when it is given again', async () => {
  const { userId, telegram } = await someone()
  const session = await signIn(userId, telegram)
  assert.deepEqual(await freshProofs(db, session.id), new Set([telegram]))
  assert.equal((await findSession(session.token))?.fresh, true)
  await age(session.id, 301)
  assert.deepEqual(await freshProofs(db, session.id), new Set())
  assert.equal((await findSession(session.token))?.fresh, false)
  await recordProof(db, session.id, telegram, 0)
  assert.deepEqual(await freshProofs(db, session.id), new Set([telegram]))
  assert.equal((await findSession(session.token))?.fresh, true)
})

test('a session that replaces one of the same user knows what was proven there, and when', async () => {
  const { userId, telegram, mail } = await someone()
  const first = await signIn(userId, telegram)
  await age(first.id, 200)
  const second = await signIn(userId, mail, first.id)
  assert.deepEqual(await freshProofs(db, second.id), new Set([telegram, mail]))
  await age(second.id, 101)
  assert.deepEqual(await freshProofs(db, second.id), new Set([mail]))
})

test('nothing that another user proved counts', async () => {
  const [one, other] = [await someone(), await someone()]
  const first = await signIn(one.userId, one.telegram)
  const second = await signIn(other.userId, other.mail, first.id)
  assert.deepEqual(await freshProofs(db, second.id), new Set([other.mail]))
  await sql`UPDATE identities SET user_id = ${one.userId} WHERE id = ${other.mail}`.execute(db)
  assert.deepEqual(await freshProofs(db, second.id), new Set(), 'a login that went to somebody else')
})

test('a session that has ended proves nothing', async () => {
  const { userId, mail } = await someone()
  const session = await signIn(userId, mail)
  await endSession(db, userId, session.id)
  assert.deepEqual(await freshProofs(db, session.id), new Set())
})

test('a login goes by fresh proof of another one, not of itself and not of an old one', async () => {
  const { userId, telegram, mail } = await someone()
  const session = await signIn(userId, telegram)
  assert.deepEqual(await remove(userId, session.id, telegram), { refused: 'not_fresh' })
  await recordProof(db, session.id, mail, 0)
  await age(session.id, 301)
  assert.deepEqual(await remove(userId, session.id, telegram), { refused: 'not_fresh' })
  await recordProof(db, session.id, mail, 0)
  assert.equal((await remove(userId, session.id, telegram)).refused, null)
  assert.deepEqual(
    (await listIdentities(db, userId)).map(({ id }) => id),
    [mail],
  )
})

test('the last login stays, and somebody else’s is not there', async () => {
  const [one, other] = [await someone(), await someone()]
  const session = await signIn(one.userId, one.mail)
  assert.deepEqual(await remove(one.userId, session.id, other.telegram), { refused: 'absent' })
  assert.equal((await remove(one.userId, session.id, one.telegram)).refused, null)
  assert.deepEqual(await remove(one.userId, session.id, one.telegram), { refused: 'absent' })
  assert.deepEqual(await remove(one.userId, session.id, one.mail), { refused: 'last_login' })
})

test('of two removals at once that would leave nothing one is refused', async () => {
  const { userId, telegram, mail } = await someone()
  const session = await signIn(userId, telegram)
  await recordProof(db, session.id, mail, 0)
  const outcomes = await Promise.all([telegram, mail].map((id) => remove(userId, session.id, id)))
  assert.deepEqual(outcomes.map(({ refused }) => refused ?? 'removed').toSorted(), ['last_login', 'removed'])
})

test('sessions that rest on the lost login alone end; the others and this one go on', async () => {
  const { userId, telegram, mail } = await someone()
  const [here, thief, both] = [
    await signIn(userId, telegram),
    await signIn(userId, telegram),
    await signIn(userId, mail),
  ]
  await recordProof(db, here.id, mail, 0)
  await recordProof(db, both.id, telegram, 0)
  await sql`UPDATE session_proofs SET proven_at = now() - interval '1 hour'
    WHERE session_id = ${both.id} AND identity_id = ${mail}`.execute(db)
  const removal = await remove(userId, here.id, telegram)
  assert.deepEqual(removal.refused === null && removal.endedSessionIds, [thief.id])
  assert.equal(await findSession(thief.token), null)
  assert.equal((await findSession(here.token))?.fresh, true)
  assert.equal((await findSession(both.token))?.fresh, false, 'its fresh proof went with the login')
})
