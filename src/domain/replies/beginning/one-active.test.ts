import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { activeConversation, listConversations } from '#domain/conversations'
import { lockUsers } from '#domain/identity'
import { mergeUsers } from '#domain/linking'
import { inTransaction } from '#platform/postgres'
import { mergeParts } from '#test/merge-parts'
import { openRooms } from '#test/rooms'
import { beginConversation, restartConversation, restoreConversation } from '../index.ts'

const DEEDS_AT_ONCE = 50
const ROUNDS = 3
const LIST_MAX = 200

const rooms = await openRooms()
const { db, vault, keyRing, settle, catalogue, pool } = rooms
const begin = { ...settle, catalogue }
const linking = { db, vault, parts: mergeParts({ vault, keys: keyRing }) }

/** What somebody does, by which of both users it is done, and which of the known conversations it is about. */
interface Deed {
  kind: 'start' | 'restart' | 'restore'
  byReader: boolean
  which: number
}

const deed = fc.record({
  kind: fc.constantFrom('start' as const, 'restart' as const, 'restore' as const),
  byReader: fc.boolean(),
  which: fc.nat(),
})

async function act({ kind, which }: Deed, userId: string, known: string[]): Promise<void> {
  const id = known[which % known.length] ?? ''
  const personaId = which % 2 === 0 ? 'arina' : 'cassandra'
  if (kind === 'start') await beginConversation(begin, { userId, personaId, interface: 'browser' })
  if (kind === 'restart') await restartConversation(begin, { userId, conversationId: id, interface: 'bot' })
  if (kind === 'restore') await restoreConversation(settle, userId, id)
}

/** A Telegram user and a web user with a conversation each, and one of each archived. */
async function pair() {
  const telegramUserId = (await rooms.newPerson()).userId
  const webUserId = await rooms.newReader()
  const known: string[] = []
  for (const userId of [telegramUserId, webUserId]) {
    for (const personaId of ['arina', 'cassandra']) {
      known.push(await rooms.begin(userId, personaId))
    }
  }
  return { telegramUserId, webUserId, known }
}

function merge(survivorId: string, absorbedId: string) {
  return inTransaction(db, async (tx) => {
    await lockUsers(tx, [survivorId, absorbedId])
    return mergeUsers(tx, linking, { survivorId, absorbedId, sessionId: null, way: 'logins' })
  })
}

test('F39 I6 fifty starts, restarts and restores at once, with a merge among them: one active conversation', async () => {
  const property = fc.asyncProperty(
    fc.array(deed, { minLength: DEEDS_AT_ONCE, maxLength: DEEDS_AT_ONCE }),
    fc.nat({ max: DEEDS_AT_ONCE }),
    async (deeds, mergedAt) => {
      const { telegramUserId, webUserId, known } = await pair()
      const work: Promise<unknown>[] = deeds.map((one) => act(one, one.byReader ? webUserId : telegramUserId, known))
      work.splice(mergedAt, 0, merge(telegramUserId, webUserId))
      await Promise.all(work)
      const conversations = await listConversations(db, telegramUserId, LIST_MAX)
      const active = conversations.filter(({ status }) => status === 'active')
      assert.equal(active.length, 1)
      assert.equal((await activeConversation(db, telegramUserId))?.id, active[0]?.id)
      assert.equal(await activeConversation(db, webUserId), null, 'nothing is left with the tombstone')
      await assertDense(telegramUserId)
    },
  )
  await fc.assert(property, { numRuns: ROUNDS, endOnFailure: true })
})

test('of five who begin the same conversation anew at once one does, the others change nothing', async () => {
  const { telegramUserId: userId } = await pair()
  const active = await activeConversation(db, userId)
  const conversationId = active?.id ?? ''
  const outcomes = await Promise.all(
    Array.from({ length: 5 }, () => restartConversation(begin, { userId, conversationId, interface: 'bot' })),
  )
  assert.equal(outcomes.filter((outcome) => 'conversation' in outcome).length, 1)
  const again = await activeConversation(db, userId)
  assert.deepEqual([again?.personaId, again?.storyId], [active?.personaId, active?.storyId])
})

async function assertDense(userId: string): Promise<void> {
  const { rows } = await pool.query<{ gaps: number }>(
    `SELECT count(*)::integer AS gaps FROM (
       SELECT seq - lag(seq) OVER (ORDER BY seq) AS step FROM messages WHERE user_id = $1
     ) AS steps WHERE step <> 1`,
    [userId],
  )
  assert.equal(rows[0]?.gaps, 0)
}
