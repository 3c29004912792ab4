import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { inTransaction } from '#platform/postgres'
import { createVault } from '#platform/vault'
import { testDatabase } from '#test/database'
import {
  createKeyRing,
  findIdentity,
  findOrCreateUser,
  LostKeyError,
  listIdentities,
  liveUserId,
  type ProvenIdentity,
  readUser,
  setReachability,
  updateUser,
} from './index.ts'

const database = await testDatabase()
const { db } = database
const vault = createVault({ masterKey: randomBytes(32) })
const keyRing = createKeyRing({ vault, db })
const options = { vault, keyRing, welcome: { basic: 50, pro: 5, cassandra: 3 } }
const arkady: ProvenIdentity = {
  provider: 'telegram',
  externalId: '4503599627370495',
  channel: 'telegram',
  displayName: 'Аркадий',
  username: 'arkady',
  locale: 'ru',
}
const stranger = (externalId: string): ProvenIdentity => ({ ...arkady, externalId })

test('ten first contacts at once make one user', async () => {
  const proof = stranger('10')
  const all = await Promise.all(Array.from({ length: 10 }, () => findOrCreateUser(db, proof, options)))
  assert.equal(new Set(all.map(({ userId }) => userId)).size, 1)
  assert.equal(all.filter(({ created }) => created).length, 1)
  assert.equal(new Set(all.map(({ key }) => key.id)).size, 1)
})

test('the same holds for transactions that do more than this', async () => {
  const proof = stranger('11')
  const all = await Promise.all(
    Array.from({ length: 6 }, () =>
      inTransaction(db, async (tx) => {
        const { userId } = await findOrCreateUser(tx, proof, options)
        return (await updateUser(tx, userId, { adult: true }))?.id
      }),
    ),
  )
  assert.equal(new Set(all).size, 1)
})

test('a known person is recognised and their names follow', async () => {
  const proof = stranger('12')
  const first = await findOrCreateUser(db, proof, options)
  const again = await findOrCreateUser(db, { ...proof, displayName: 'Arkasha', username: undefined }, options)
  assert.deepEqual([again.userId, again.created], [first.userId, false])
  const identity = await findIdentity(db, 'telegram', '12')
  assert.deepEqual([identity?.displayName, identity?.username], ['Arkasha', null])
})

test('the same external id of another provider is another person', async () => {
  const telegram = await findOrCreateUser(db, stranger('13'), options)
  const other = await findOrCreateUser(db, { ...stranger('13'), provider: 'google', channel: 'web' }, options)
  assert.notEqual(other.userId, telegram.userId)
})

test('reachability changes only when somebody says so', async () => {
  const proof = stranger('14')
  await findOrCreateUser(db, proof, options)
  assert.equal((await findIdentity(db, 'telegram', '14'))?.reachable, false)
  await findOrCreateUser(db, proof, { ...options, reachability: 'reachable' })
  assert.equal((await findIdentity(db, 'telegram', '14'))?.reachable, true)
  assert.equal(await setReachability(db, 'telegram', '14', 'blocked'), true)
  assert.equal(await setReachability(db, 'telegram', '14', 'blocked'), false)
  await findOrCreateUser(db, proof, options)
  assert.equal((await findIdentity(db, 'telegram', '14'))?.reachability, 'blocked')
  assert.equal(await setReachability(db, 'telegram', 'nobody', 'blocked'), false)
})

test('an address is what an e-mail identity shows, and the web is always reachable', async () => {
  const mail = { ...stranger('a@example.org'), provider: 'email', channel: 'web' as const, displayName: 'a' }
  const { userId } = await findOrCreateUser(db, mail, options)
  const [identity] = await listIdentities(db, userId)
  assert.deepEqual([identity?.displayName, identity?.reachable], ['a@example.org', true])
  assert.equal((await readUser(db, userId))?.displayName, 'a')
})

test('the age is confirmed once, and settings change one at a time', async () => {
  const { userId } = await findOrCreateUser(db, stranger('15'), options)
  assert.equal((await readUser(db, userId))?.adultConfirmedAt, null)
  const adult = await updateUser(db, userId, { adult: true })
  const moved = await updateUser(db, userId, { timezone: 'Asia/Yekaterinburg' })
  const again = await updateUser(db, userId, { adult: true, locale: 'en' })
  assert.ok(adult?.adultConfirmedAt)
  assert.equal(again?.adultConfirmedAt, adult.adultConfirmedAt)
  assert.deepEqual([moved?.locale, moved?.timezone], ['ru', 'Asia/Yekaterinburg'])
  assert.deepEqual([again?.locale, again?.timezone], ['en', 'Asia/Yekaterinburg'])
  await assert.rejects(updateUser(db, userId, { timezone: 'Europe/Atlantis' }), RangeError)
  assert.equal(await updateUser(db, '00000000-0000-7000-8000-000000000000', { adult: true }), null)
})

test('a tombstone leads to the user it was merged into, at any depth', async () => {
  const [first, second, third] = await Promise.all(
    ['16', '17', '18'].map((id) => findOrCreateUser(db, stranger(id), options)),
  )
  assert.ok(first && second && third)
  await db.updateTable('users').set({ merged_into: second.userId }).where('id', '=', first.userId).execute()
  await db.updateTable('users').set({ merged_into: third.userId }).where('id', '=', second.userId).execute()
  assert.equal(await liveUserId(db, first.userId), third.userId)
  assert.equal((await readUser(db, first.userId))?.id, third.userId)
  const current = await createKeyRing({ vault, db }).current(first.userId)
  assert.deepEqual([current.userId, current.key.id], [third.userId, third.key.id])
  assert.equal(await liveUserId(db, '00000000-0000-7000-8000-000000000000'), null)
})

test('a key opens for its owner only, and what one process sealed another opens', async () => {
  const { userId, key } = await findOrCreateUser(db, stranger('19'), options)
  const other = await findOrCreateUser(db, stranger('20'), options)
  const sealed = vault.seal(key, { table: 'messages', id: 'm' }, 'привет')
  const elsewhere = createKeyRing({ vault, db })
  const found = await elsewhere.byId(userId, vault.keyIdOf(sealed))
  assert.equal(vault.open(found, { table: 'messages', id: 'm' }, sealed), 'привет')
  await assert.rejects(elsewhere.byId(other.userId, key.id), LostKeyError)
  await assert.rejects(elsewhere.current('00000000-0000-7000-8000-000000000000'), LostKeyError)
})

test('a key once read is not read again', async () => {
  const { userId, key } = await findOrCreateUser(db, stranger('21'), options)
  const ring = createKeyRing({ vault, db })
  await ring.current(userId)
  await db.deleteFrom('user_keys').where('id', '=', key.id).execute()
  assert.equal((await ring.current(userId)).key.id, key.id)
  assert.equal((await ring.byId(userId, key.id)).id, key.id)
})
