import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { lockUser } from '#domain/identity'
import { inTransaction } from '#platform/postgres'
import { openRooms } from '#test/rooms'
import { forgetGaps } from './conversation-store.ts'
import { archiveActive, insertConversation, reactivate } from './index.ts'

const RUNS = 25
const TALKS = 3
const rooms = await openRooms()
const { db, history } = rooms

/** Something happens to one of a few talks of a user. */
type Deed = { kind: 'say' | 'switch' | 'renumbered'; talk: number }

const deed: fc.Arbitrary<Deed> = fc.record({
  kind: fc.constantFrom('say', 'say', 'say', 'switch', 'renumbered'),
  talk: fc.nat({ max: TALKS - 1 }),
})

test('however often talks are archived and brought back, each is read whole and alone', async () => {
  const property = fc.asyncProperty(fc.array(deed, { minLength: 1, maxLength: 40 }), async (deeds) => {
    const userId = await rooms.newReader()
    const talks = await layTalks(userId)
    const said: string[][] = talks.map(() => [])
    let active = TALKS - 1
    for (const [number, { kind, talk }] of deeds.entries()) {
      if (kind === 'renumbered') await forgetGaps(db, [userId])
      if (kind === 'switch') active = await bringBack(userId, talks, talk)
      if (kind !== 'say') continue
      said[active]?.unshift(`${number}`)
      await say(userId, talks[active] ?? '', `${number}`)
    }
    for (const [index, conversationId] of talks.entries()) {
      const lines = await history.newest(db, { userId, conversationId, beforeSeq: null, limit: 100 })
      assert.deepEqual(
        lines.map(({ text }) => text),
        said[index],
      )
    }
  })
  await fc.assert(property, { numRuns: RUNS, endOnFailure: true })
})

async function layTalks(userId: string): Promise<string[]> {
  const ids = Array.from({ length: TALKS }, () => crypto.randomUUID())
  for (const id of ids) {
    await inTransaction(db, async (tx) => {
      const user = await lockUser(tx, userId)
      await archiveActive(tx, userId, user?.lastSeq ?? 0)
      await insertConversation(tx, { id, userId, personaId: 'arina', personaVersion: 1, storyId: null })
    })
  }
  return ids
}

async function bringBack(userId: string, talks: string[], wanted: number): Promise<number> {
  await inTransaction(db, async (tx) => {
    const lastSeq = (await lockUser(tx, userId))?.lastSeq ?? 0
    await archiveActive(tx, userId, lastSeq)
    assert.ok(await reactivate(tx, userId, talks[wanted] ?? '', lastSeq))
  })
  return wanted
}

async function say(userId: string, conversationId: string, text: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    const user = await lockUser(tx, userId)
    assert.ok(user)
    const place = { channel: 'web', interface: 'browser', contentType: 'text', role: 'user' } as const
    await history.append(tx, user, { ...place, conversationId, turnId: null, text })
  })
}
