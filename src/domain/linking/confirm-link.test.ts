import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findOrCreateUser, listIdentities, lockUsers, readUser, startSession } from '#domain/identity'
import { inTransaction } from '#platform/postgres'
import { mergeParts } from '#test/merge-parts'
import { openRooms } from '#test/rooms'
import { confirmLink, issueLink, issueWebLink, linkSecret } from './index.ts'

const PEOPLE = 8
const ROUNDS = 5
const TTL_SECONDS = 600

const rooms = await openRooms()
const { db, vault, keyRing } = rooms
const deps = { db, vault, parts: mergeParts({ vault, keys: keyRing }) }
let made = 0

/** Somebody with an address and nothing to lose. */
async function newReader(): Promise<string> {
  made += 1
  const externalId = `reader${made}@example.org`
  const identity = { provider: 'email', externalId, channel: 'web', displayName: externalId, locale: 'ru' } as const
  const welcome = { basic: 10, pro: 0, cassandra: 0 }
  return (await findOrCreateUser(db, identity, { vault, keyRing, welcome })).userId
}

const newReaders = (count: number) => Promise.all(Array.from({ length: count }, newReader))

async function linkFromBot(userId: string): Promise<string> {
  const link = await inTransaction(db, async (tx) => {
    await lockUsers(tx, [userId])
    return issueLink(tx, { vault, userId, ttlSeconds: TTL_SECONDS })
  })
  assert.ok('id' in link)
  return linkSecret(vault, link.id)
}

const linkFromPage = (telegramUserId: string, webUserId: string) =>
  inTransaction(db, (tx) =>
    issueWebLink(tx, { vault, telegramUserId, webUserId, confirmerUserId: webUserId, ttlSeconds: TTL_SECONDS }),
  )

/** What came of a confirmation in one word. */
async function confirm(secret: string, userId: string): Promise<string> {
  const session = await startSession(db, { userId, interface: 'browser', device: 'Chrome' })
  const outcome = await confirmLink(deps, secret, { userId, sessionId: session.id, fresh: true })
  if ('refused' in outcome) return outcome.refused
  return 'linked' in outcome ? 'linked' : 'code'
}

test('F37 I9 of many who confirm one link at once exactly one is linked, the others find it used', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const { userId } = await rooms.newPerson()
    const secret = await linkFromBot(userId)
    const readers = await newReaders(PEOPLE)
    const words = await Promise.all(readers.map((reader) => confirm(secret, reader)))
    assert.deepEqual(words.toSorted(), ['linked', ...Array(PEOPLE - 1).fill('used')])
    assert.equal((await listIdentities(db, userId)).length, 2)
    const living = await Promise.all(readers.map(async (reader) => (await readUser(db, reader))?.id))
    assert.deepEqual(
      living,
      readers.map((reader, index) => (words[index] === 'linked' ? userId : reader)),
      'only who was linked lives on in the other',
    )
  }
})

test('F35 two users into one Telegram at once: one wins, the other is refused and keeps what it has', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const { userId } = await rooms.newPerson()
    const readers = await newReaders(2)
    const secrets = await Promise.all(readers.map((reader) => linkFromPage(userId, reader)))
    const words = await Promise.all(readers.map((reader, index) => confirm(secrets[index] ?? '', reader)))
    assert.ok(words.includes('linked') && /superseded|telegram_already_linked/.test(words.join()), words.join())
    const refused = readers[words[0] === 'linked' ? 1 : 0] ?? ''
    const late = await linkFromPage(userId, refused)
    assert.equal(await confirm(late, refused), 'telegram_already_linked', 'a new link tells the reason')
    assert.equal((await readUser(db, refused))?.id, refused)
  }
})

test('F35 one user into two Telegrams at once: one wins, the other is refused', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const people = await Promise.all([rooms.newPerson(), rooms.newPerson()])
    const reader = await newReader()
    const secrets = await Promise.all(people.map(({ userId }) => linkFromBot(userId)))
    const words = await Promise.all(secrets.map((secret) => confirm(secret, reader)))
    assert.equal(words.filter((word) => word === 'linked').length, 1, words.join())
    const logins = await Promise.all(people.map(({ userId }) => listIdentities(db, userId)))
    assert.deepEqual(logins.map(({ length }) => length).toSorted(), [1, 2])
  }
})
