import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { activeConversation } from '#domain/conversations'
import { lockUser } from '#domain/identity'
import { createMemory } from '#domain/memory'
import {
  changeUser,
  ENGAGEMENT_QUEUE,
  type EngagementOptions,
  type InitiativeKind,
  planAhead,
  type SkipReason,
  writeEngagement,
} from '#domain/proactive'
import { systemClock } from '#platform/clock'
import { createLeases, type LeasedRow } from '#platform/leases'
import type { LanguageModel } from '#platform/llm'
import { inTransaction } from '#platform/postgres'
import { openRooms } from './rooms.ts'
import { type Scope, wholeFile } from './scope.ts'
import { silentLog } from './silent-log.ts'

const LEASE_MS = 60_000
const HOUR_MS = 3_600_000
const AFTER_HOURS = 72

/** Whatever the night: tests run at any hour. */
const OPTIONS: EngagementOptions = { afterMs: AFTER_HOURS * HOUR_MS, quietHours: 'none', dailyCap: 1 }

/** What is planned for somebody. */
export interface PlanLook {
  moment: number
  said: number
  phase: 'waiting' | 'writing'
  /** Rounded; null: nothing any more. */
  dueInHours: number | null
}

export type Silence = Awaited<ReturnType<typeof openSilence>>
type Job = LeasedRow<{ user_id: string }>

/** People who say nothing, and the companion who may write first; time is moved instead of waited for. */
export async function openSilence(scope: Scope = wholeFile) {
  const rooms = await openRooms(scope)
  const memory = createMemory({ vault: rooms.vault, keys: rooms.keyRing })
  const measured: [InitiativeKind, string, number][] = []
  const measure = (kind: InitiativeKind, outcome: 'said' | SkipReason, people = 1) => {
    measured.push([kind, outcome, people])
  }
  return { ...rooms, measured, ...peopleIn(rooms), ...worksIn({ ...rooms, memory, measure }), ...looksInto(rooms) }
}

type Rooms = Awaited<ReturnType<typeof openRooms>>

function peopleIn(rooms: Rooms) {
  const { db, settle } = rooms
  return { newTalker, say, silentFor, comeDue }

  /** In the middle of a talk with Arina, and has said yes. */
  async function newTalker(): Promise<{ userId: string; telegramId: string }> {
    const person = await rooms.newPerson()
    await rooms.begin(person.userId, 'arina')
    await inTransaction(db, (tx) => changeUser(tx, person.userId, { proactiveEnabled: true }))
    return person
  }

  /** A line of the person's own, which nobody answers. */
  async function say(userId: string, text = 'Я здесь'): Promise<void> {
    await inTransaction(db, async (tx) => {
      const user = await lockUser(tx, userId)
      assert.ok(user)
      const conversation = await activeConversation(tx, userId)
      const place = { channel: 'telegram', interface: 'bot', contentType: 'text', role: 'user' } as const
      await settle.history.append(tx, user, { ...place, conversationId: conversation?.id ?? null, turnId: null, text })
    })
  }

  /** So many hours pass without a word; the plan is due if it would be by then. */
  async function silentFor(userId: string, hours: number): Promise<void> {
    const by = sql`make_interval(secs => ${hours * 3_600})`
    await sql`UPDATE users SET spoke_at = spoke_at - ${by} WHERE id = ${userId}`.execute(db)
    await sql`UPDATE initiatives SET at = at - ${by} WHERE user_id = ${userId}`.execute(db)
    await sql`
      UPDATE engagements SET silent_since = silent_since - ${by}, due_at = due_at - ${by} WHERE user_id = ${userId}
    `.execute(db)
  }

  async function comeDue(userId: string): Promise<void> {
    await sql`UPDATE engagements SET due_at = now() WHERE user_id = ${userId}`.execute(db)
  }
}

interface Workshop extends Rooms {
  memory: ReturnType<typeof createMemory>
  measure(kind: InitiativeKind, outcome: 'said' | SkipReason, people?: number): void
}

function worksIn({ memory, measure, ...rooms }: Workshop) {
  const { db, pool, catalogue, settle } = rooms
  const leases = createLeases({ pool })
  return { plan, take, write, engage }

  /** Looks at everybody who is due. */
  async function plan(options: Partial<EngagementOptions> = {}): Promise<number> {
    const engagement = { ...OPTIONS, ...options }
    return planAhead({ db, engagement, measure, wake() {} }, new AbortController().signal)
  }

  /** The one text that is to be written to this person, with a lease; others' wait on. */
  async function take(userId: string): Promise<Job | undefined> {
    const jobs = await leases.take(ENGAGEMENT_QUEUE, { limit: 1_000, leaseMs: LEASE_MS })
    const others = jobs.filter(({ user_id }) => user_id !== userId)
    for (const { user_id } of others) {
      await sql`UPDATE engagements SET due_at = now() WHERE user_id = ${user_id}`.execute(db)
    }
    return jobs.find(({ user_id }) => user_id === userId)
  }

  /** Writes it with a model that answers so. */
  async function write(job: Job, answer: Answer = 'Подумала о тебе.', options: Partial<EngagementOptions> = {}) {
    const deps = { db, memory, catalogue, announce: settle.announce, history: settle.history, log: silentLog, measure }
    const engagement = { ...OPTIONS, ...options }
    const rest = { channels: settle.channels, model: modelThatSays(answer), clock: systemClock, engagement }
    await writeEngagement({ ...deps, ...rest }, job, new AbortController().signal)
  }

  /** Plans, and writes what comes of it for this person; whether there was anything to write. */
  async function engage(userId: string, answer?: Answer, options: Partial<EngagementOptions> = {}): Promise<boolean> {
    await plan(options)
    const job = await take(userId)
    if (job) await write(job, answer, options)
    return job !== undefined
  }
}

/** A text, or what happens instead; told what it was asked. */
export type Answer = string | ((asked: { system: string; last: string }) => string | Promise<string>)

function modelThatSays(answer: Answer): LanguageModel {
  return {
    name: 'test',
    contextTokens: 32_000,
    isDemonstration: false,
    async *streamReply({ system, messages }) {
      yield typeof answer === 'string' ? answer : await answer({ system, last: messages.at(-1)?.text ?? '' })
    },
  }
}

function looksInto({ db, settle }: Rooms) {
  return {
    async look(userId: string): Promise<PlanLook | undefined> {
      const { rows } = await sql<PlanLook>`
        SELECT moment, said, phase, round(extract(epoch FROM due_at - now()) / 3600)::integer AS "dueInHours"
        FROM engagements WHERE user_id = ${userId}`.execute(db)
      return rows[0]
    },
    /** What was said or passed over, oldest first: the moment, and why not, or null. */
    async initiatives(userId: string): Promise<[moment: string | undefined, skipped: string | null][]> {
      const { rows } = await sql<{ cause: string; skipped: string | null }>`
        SELECT cause, skipped FROM initiatives WHERE user_id = ${userId} ORDER BY at, cause`.execute(db)
      return rows.map(({ cause, skipped }) => [cause.split(':')[1], skipped])
    },
    /** What the companion said to this person in the bot, oldest first. */
    async heard(userId: string): Promise<string[]> {
      const lines = await settle.history.page(db, userId, { limit: 100 })
      return lines.filter((line) => line.role === 'assistant' && line.interface === 'bot').map(({ text }) => text)
    },
    /** What is owed to their chat of it. */
    async owed(userId: string): Promise<{ purpose: string; state: string; buttons: string | null }[]> {
      const { rows } = await sql<{ purpose: string; state: string; buttons: string | null }>`
        SELECT purpose, state, buttons FROM deliveries WHERE user_id = ${userId} AND purpose = 'proactive' ORDER BY position
      `.execute(db)
      return rows
    },
  }
}
