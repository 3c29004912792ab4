import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { sql } from 'kysely'
import { lockUser, lockUsers } from '#domain/identity'
import { mergeUsers, undoMerge } from '#domain/linking'
import { inTransaction } from '#platform/postgres'
import { connectRedis } from '#platform/redis'
import { mergeParts } from '#test/merge-parts'
import { testRedis } from '#test/redis'
import { openRooms, type Rooms } from '#test/rooms'
import { silentLog as log } from '#test/silent-log'
import { waitFor } from '#test/wait-for'
import { archiveActive, eraseLines, placeInConversation, reactivate } from '../index.ts'
import { type CachingProcess, cachingProcess } from './caching-process.ts'

const RUNS = 25
const DEEDS_MAX = 30
/** Some are small, so that talks often go beyond them. */
const LIMITS = [
  { linesMax: 8, lengthMax: 60 },
  { linesMax: 12, lengthMax: 8_000 },
  { linesMax: 200, lengthMax: 8_000 },
]

const rooms: Rooms = await openRooms()
const { db, vault, keyRing, history: plain } = rooms
const linking = { db, vault, parts: mergeParts({ vault, keys: keyRing }) }
const server = await testRedis()
const redis = await connectRedis({ url: server.url, log })
after(() => redis.destroy())
await waitFor(() => redis.isReady)

const KINDS = ['say', 'say', 'say', 'keepForLater', 'placeKept', 'switch', 'begin', 'merge', 'undo'] as const
const ACCIDENTS = ['restart', 'flush', 'dump', 'restore', 'exchange', 'scramble', 'backup', 'erase'] as const
type Kind = (typeof KINDS)[number] | (typeof ACCIDENTS)[number]

interface Deed {
  kind: Kind
  /** Decides who, where and how much. */
  dice: number
}

const deed: fc.Arbitrary<Deed> = fc.record({
  kind: fc.constantFrom(...KINDS, ...ACCIDENTS),
  dice: fc.nat({ max: 999_999 }),
})

interface Scene {
  /** Who is there: one, when they are merged. */
  users: string[]
  processes: CachingProcess[]
  dump: Map<string, Buffer>
}

test('whatever was said, moved, restored, lost or put there by others: a prompt is given what PostgreSQL alone gives', async () => {
  let hits = 0
  const property = fc.asyncProperty(fc.array(deed, { minLength: 10, maxLength: DEEDS_MAX }), async (deeds) => {
    const scene = await openScene()
    for (const { kind, dice } of deeds) {
      await DEEDS[kind](scene, dice)
      for (const [index] of scene.processes.entries()) await ask(scene, dice, index)
    }
    hits += scene.processes.flatMap(({ outcomes }) => outcomes).filter((outcome) => outcome === 'hit').length
  })
  await fc.assert(property, { numRuns: RUNS, endOnFailure: true })
  assert.ok(hits > RUNS, `what is kept was used ${hits} times`)
})

async function openScene(): Promise<Scene> {
  const [{ userId }, reader] = [await rooms.newPerson(), await rooms.newReader()]
  for (const user of [userId, reader]) await rooms.begin(user, 'arina')
  const processes = [cachingProcess(rooms, redis), cachingProcess(rooms, redis, { isNear: false })]
  return { users: [userId, reader], processes, dump: new Map() }
}

const pick = <T>(from: readonly T[], dice: number): T | undefined => from[dice % from.length]
/** Mostly the first: things are to happen to one talk. */
const ownerOf = ({ users }: Scene, dice: number): string => (dice % 4 === 0 ? users.at(-1) : users[0]) ?? ''

const DEEDS: Record<Kind, (scene: Scene, dice: number) => Promise<unknown>> = {
  say: (scene, dice) => say(ownerOf(scene, dice), dice),
  keepForLater: (scene, dice) => write(ownerOf(scene, dice), { conversationId: null, role: 'user', text: 'kept' }),
  async placeKept(scene, dice) {
    const userId = ownerOf(scene, dice)
    const [kept] = await ids(sql`SELECT id FROM messages WHERE user_id = ${userId} AND conversation_id IS NULL`)
    const active = await activeOf(userId)
    if (kept && active) await placeInConversation(db, userId, kept, active)
  },
  switch: switchTalk,
  begin: (scene, dice) => rooms.begin(ownerOf(scene, dice), pick(['arina', 'cassandra'], dice) ?? 'arina'),
  async merge(scene) {
    const [survivorId, absorbedId] = scene.users
    if (!survivorId || !absorbedId) return
    await inTransaction(db, async (tx) => {
      await lockUsers(tx, [survivorId, absorbedId])
      await mergeUsers(tx, linking, { survivorId, absorbedId, sessionId: null, way: 'logins' })
    })
    scene.users = [survivorId]
  },
  async undo(scene) {
    const [userId, other] = scene.users
    if (!userId || other) return
    const undone = await undoMerge(linking, { userId, sessionId: crypto.randomUUID() }, async () => {})
    assert.ok(!('refused' in undone))
    scene.users = [
      userId,
      ...(await ids(sql`
      SELECT id FROM users WHERE merged_into IS NULL AND id <> ${userId} ORDER BY created_at DESC, id DESC LIMIT 1`)),
    ]
  },
  async restart(scene, dice) {
    scene.processes[dice % 2] = cachingProcess(rooms, redis, { isNear: dice % 2 === 0 })
  },
  flush: () => redis.send('all', ['FLUSHALL']),
  async dump(scene) {
    scene.dump = await allKept()
  },
  restore: ({ dump }) => putBack(dump),
  async exchange() {
    const kept = await allKept()
    const values = [...kept.values()].reverse()
    await putBack(new Map([...kept.keys()].map((key, index) => [key, values[index] ?? Buffer.alloc(0)])))
  },
  async scramble(_, dice) {
    const kept = await allKept()
    for (const value of kept.values()) value[dice % value.length] = dice & 255
    await putBack(new Map([...kept, ['recent:x', randomBytes(40)]]))
  },
  backup: (scene, dice) => goBack(ownerOf(scene, dice), 1 + (dice % 4)),
  erase: (scene, dice) => eraseLines(db, [ownerOf(scene, dice)], 1 + (dice % 3)),
}

/** Any process is asked for what any question may see, and says the same as the database. */
async function ask(scene: Scene, dice: number, index: number): Promise<void> {
  const userId = ownerOf(scene, dice)
  const { rows } = await sql<{ seq: number; conversation_id: string }>`
    SELECT seq, conversation_id FROM messages WHERE user_id = ${userId} AND role = 'user' AND conversation_id IS NOT NULL
    ORDER BY seq DESC LIMIT 6`.execute(db)
  // Mostly the newest, as in life.
  const question = pick(rows, dice % 3 === 0 ? dice : 0)
  const process = scene.processes[index]
  const limits = pick(LIMITS, dice >> 4)
  if (!question || !process || !limits) return
  const at = { userId, conversationId: question.conversation_id, questionSeq: question.seq, ...limits }
  const given = await process.history.recent(db, at)
  await process.settled()
  assert.deepEqual(given, await plain.recent(db, at))
}

async function say(userId: string, dice: number): Promise<void> {
  const conversationId = await activeOf(userId)
  for (let line = 0; line <= dice % 19; line += dice % 2 ? 5 : 1) {
    const role = pick(['user', 'assistant', 'user', 'system'] as const, dice + line) ?? 'user'
    await write(userId, { conversationId, role, text: `${dice}`.repeat((dice + line) % 5) })
  }
}

async function write(
  userId: string,
  line: { conversationId: string | null; role: 'user' | 'assistant' | 'system'; text: string },
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const user = await lockUser(tx, userId)
    assert.ok(user)
    const place = { channel: 'web', interface: 'browser', contentType: 'text', turnId: null } as const
    await plain.append(tx, user, { ...place, ...line })
  })
}

async function switchTalk(scene: Scene, dice: number): Promise<void> {
  const userId = ownerOf(scene, dice)
  const wanted = pick(
    await ids(sql`SELECT id FROM conversations
    WHERE user_id = ${userId} AND joined_into IS NULL AND status = 'archived' ORDER BY id`),
    dice,
  )
  if (!wanted) return
  await inTransaction(db, async (tx) => {
    const { lastSeq } = (await lockUser(tx, userId)) ?? { lastSeq: 0 }
    await archiveActive(tx, userId, lastSeq)
    await reactivate(tx, userId, wanted, lastSeq)
  })
}

/** The database is restored from yesterday: what comes now gets the places of what is gone. */
async function goBack(userId: string, lines: number): Promise<void> {
  await sql`
    WITH gone AS (DELETE FROM messages m USING users u WHERE m.user_id = ${userId} AND u.id = m.user_id
      AND m.seq > u.last_seq - ${lines}::bigint AND m.seq > u.seq_base RETURNING m.seq)
    UPDATE users SET last_seq = last_seq - (SELECT count(*) FROM gone) WHERE id = ${userId}`.execute(db)
}

async function activeOf(userId: string): Promise<string | null> {
  return (await ids(sql`SELECT id FROM conversations WHERE user_id = ${userId} AND status = 'active'`))[0] ?? null
}

async function ids(query: ReturnType<typeof sql>): Promise<string[]> {
  const { rows } = await query.execute(db)
  return (rows as { id: string }[]).map(({ id }) => id)
}

async function allKept(): Promise<Map<string, Buffer>> {
  const kept = new Map<string, Buffer>()
  for (const key of (await redis.send('recent', ['KEYS', 'recent:*'])) as string[])
    kept.set(key, (await redis.get(key)) ?? Buffer.alloc(1))
  return kept
}

async function putBack(dump: Map<string, Buffer>): Promise<void> {
  for (const [key, value] of dump) await redis.set(key, value, { PX: 60_000 })
}
