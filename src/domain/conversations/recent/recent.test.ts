import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import { lockUser, lockUsers } from '#domain/identity'
import { mergeUsers } from '#domain/linking'
import { inTransaction } from '#platform/postgres'
import { connectRedis } from '#platform/redis'
import { mergeParts } from '#test/merge-parts'
import { testRedis } from '#test/redis'
import { openRooms } from '#test/rooms'
import { silentLog as log } from '#test/silent-log'
import { waitFor } from '#test/wait-for'
import { placeInConversation } from '../index.ts'
import { type CachingProcess, cachingProcess } from './caching-process.ts'

const LIMITS = { linesMax: 200, lengthMax: 8_000 }
const rooms = await openRooms()
const { db, vault, keyRing, history: plain } = rooms
const server = await testRedis()
const redis = await connectRedis({ url: server.url, log })
after(() => redis.destroy())
await waitFor(() => redis.isReady)

const far = () => cachingProcess(rooms, redis, { isNear: false })

/** Somebody in the middle of a talk. */
async function talker() {
  const userId = await rooms.newReader()
  const conversationId = await rooms.begin(userId, 'arina')
  const talk = { userId, conversationId }
  for (const line of ['one', 'two', 'three']) await say(talk, line)
  return talk
}

interface Talk {
  userId: string
  conversationId: string
}

async function say(
  { userId, conversationId }: Omit<Talk, 'conversationId'> & { conversationId: string | null },
  text: string,
): Promise<number> {
  return inTransaction(db, async (tx) => {
    const user = await lockUser(tx, userId)
    assert.ok(user)
    const place = { channel: 'web', interface: 'browser', contentType: 'text', turnId: null, role: 'user' } as const
    return (await plain.append(tx, user, { ...place, conversationId, text })).seq
  })
}

/** Asks one more thing and says how the process came by the talk; what it read is what the database has. */
async function ask(process: CachingProcess, talk: Talk) {
  const at = { ...talk, questionSeq: await say(talk, 'and now?'), ...LIMITS }
  const given = await process.history.recent(db, at)
  assert.deepEqual(given, await plain.recent(db, at))
  await process.settled()
  return process.outcomes.at(-1)
}

const keptKeys = async () => (await redis.send('recent', ['KEYS', 'recent:*'])) as string[]

async function onlyKept(talk: Talk, process: CachingProcess): Promise<string> {
  await redis.send('all', ['FLUSHALL'])
  await ask(process, talk)
  const [key, ...others] = await keptKeys()
  assert.ok(key && others.length === 0)
  return key
}

test('what one process has read another need not open again, and what came since is read beside it', async () => {
  const [here, there, talk] = [far(), far(), await talker()]
  assert.equal(await ask(here, talk), 'miss')
  assert.equal(await ask(there, talk), 'hit')
  for (let line = 0; line < 40; line += 1) await say(talk, `line ${line}`)
  assert.equal(await ask(here, talk), 'hit')
  assert.equal(await ask(there, talk), 'hit')
})

test('neither words nor a person can be read in what Redis keeps, and it has an end', async () => {
  const talk = await talker()
  await say(talk, 'the heron stands in the reeds')
  const key = await onlyKept(talk, far())
  const value = await redis.get(key)
  assert.ok(value && !value.includes('heron') && !key.includes(talk.userId))
  assert.ok(!value.includes(talk.userId) && !value.includes(talk.conversationId))
  const lifeMs = Number(await redis.send(key, ['PTTL', key]))
  assert.ok(lifeMs > 0 && lifeMs <= 3_600_000, `${lifeMs} ms`)
})

test('a flushed Redis costs a reading and nothing else', async () => {
  const [process, talk] = [far(), await talker()]
  await ask(process, talk)
  await redis.send('all', ['FLUSHALL'])
  assert.equal(await ask(process, talk), 'miss')
  assert.equal(await ask(process, talk), 'hit')
})

test('a value that somebody changed, cut or made up is passed over', async () => {
  const [process, talk] = [far(), await talker()]
  const key = await onlyKept(talk, process)
  const sound = (await redis.get(key)) ?? Buffer.alloc(0)
  const changed = Buffer.from(sound)
  changed.writeUInt8(changed.readUInt8(sound.length - 9) ^ 1, sound.length - 9)
  const foreign = Buffer.from(sound)
  foreign.fill(7, 1, 17)
  for (const value of [
    changed,
    foreign,
    sound.subarray(0, 60),
    sound.subarray(0, 3),
    Buffer.alloc(0),
    Buffer.from('{"lines":[]}'),
  ]) {
    await redis.set(key, value, { PX: 60_000 })
    assert.equal(await ask(process, talk), 'miss')
    assert.equal(await ask(process, talk), 'hit', 'a sound one takes its place')
  }
  await redis.del(key)
  await redis.send(key, ['RPUSH', key, 'a list'])
  assert.equal(await ask(process, talk), 'miss')
})

test("what is kept of one person opens under nobody else's name, nor for another talk", async () => {
  const [process, one, other] = [far(), await talker(), await talker()]
  const [oneKey, otherKey] = [await onlyKept(one, process), await onlyKept(other, process)]
  await ask(process, one)
  await redis.send(oneKey, ['COPY', oneKey, otherKey, 'REPLACE'])
  assert.equal(await ask(process, other), 'miss')
  const conversationId = await rooms.begin(one.userId, 'cassandra')
  assert.equal(await ask(process, { ...one, conversationId }), 'miss')
})

test('lines that came to the middle, went or moved make what is kept stale', async () => {
  const [process, talk] = [far(), await talker()]
  await ask(process, talk)
  await sql`DELETE FROM messages WHERE user_id = ${talk.userId} AND seq = (SELECT max(seq) - 1 FROM messages WHERE user_id = ${talk.userId})`.execute(
    db,
  )
  assert.equal(await ask(process, talk), 'stale')
  assert.equal(await ask(process, talk), 'hit')
  const linking = { db, vault, parts: mergeParts({ vault, keys: keyRing }) }
  const absorbed = await talker()
  await ask(process, absorbed)
  await inTransaction(db, async (tx) => {
    await lockUsers(tx, [talk.userId, absorbed.userId])
    const [survivorId, absorbedId] = [talk.userId, absorbed.userId]
    await mergeUsers(tx, linking, { survivorId, absorbedId, sessionId: null, way: 'logins' })
  })
  const active = (
    await sql<{
      id: string
    }>`SELECT id FROM conversations WHERE user_id = ${talk.userId} AND status = 'active'`.execute(db)
  ).rows[0]
  assert.equal(await ask(process, { ...talk, conversationId: active?.id ?? '' }), 'stale')
})

test('a line that was kept for later and joins a talk below its first line is not missed', async () => {
  const userId = await rooms.newReader()
  const kept = await say({ userId, conversationId: null }, 'asked before anybody was chosen')
  const [process, talk] = [far(), { userId, conversationId: await rooms.begin(userId, 'arina') }]
  assert.deepEqual([await ask(process, talk), await ask(process, talk)], ['miss', 'hit'])
  const { rows } = await sql<{
    id: string
  }>`SELECT id FROM messages WHERE user_id = ${userId} AND seq = ${kept}`.execute(db)
  await placeInConversation(db, userId, rows[0]?.id ?? '', talk.conversationId)
  assert.equal(await ask(process, talk), 'stale')
})

test('a line that does not open is left out and told of at every reading, never kept', async () => {
  const talk = await talker()
  await sql`UPDATE messages SET sealed_text = ${Buffer.of(0)} WHERE user_id = ${talk.userId} AND seq = (SELECT max(seq) FROM messages WHERE user_id = ${talk.userId})`.execute(
    db,
  )
  await redis.send('all', ['FLUSHALL'])
  const process = far()
  assert.deepEqual([await ask(process, talk), await ask(process, talk)], ['miss', 'miss'])
  assert.deepEqual(await keptKeys(), [])
})

test('of somebody who is forgotten nothing stays, near or in Redis', async () => {
  const talk = await talker()
  const process = cachingProcess(rooms, redis)
  const key = await onlyKept(talk, process)
  process.keys.forget([talk.userId])
  await waitFor(async () => (await redis.send(key, ['EXISTS', key])) === 0)
  assert.equal(await ask(process, talk), 'miss')
})

test('a Redis that is slow or away is done without', async () => {
  const [process, talk] = [far(), await talker()]
  await ask(process, talk)
  const other = await connectRedis({ url: server.url, log })
  await waitFor(() => other.isReady)
  await other.send('all', ['CLIENT', 'PAUSE', '1500', 'ALL'])
  let isPaused = true
  const pause = other.send('all', ['PING']).then(() => (isPaused = false))
  const at = { ...talk, questionSeq: await say(talk, 'and now?'), ...LIMITS }
  const given = await process.history.recent(db, at)
  assert.ok(isPaused, 'it was not waited for')
  assert.deepEqual(given, await plain.recent(db, at))
  await pause
  other.destroy()
  await server.stop()
  await waitFor(() => !redis.isReady)
  assert.equal(await ask(far(), talk), 'miss')
  await server.start()
  await waitFor(() => redis.isReady)
  const later = far()
  assert.deepEqual([await ask(later, talk), await ask(later, talk)], ['miss', 'hit'])
})
