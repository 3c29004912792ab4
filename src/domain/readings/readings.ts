import type { Kysely, Transaction } from 'kysely'
import type { Message } from '#contract/api'
import { recordAudit } from '#domain/audit'
import type { History } from '#domain/conversations'
import { type LockedUser, lockUser } from '#domain/identity'
import { linesOfTurn, readHistory, readMessage, reporterOf } from '#domain/replies'
import { newId } from '#platform/ids'
import { type Database, inTransaction } from '#platform/postgres'
import { findReading, insertReading, type Reading } from './readings-store.ts'

const READING_MINUTES = 30
const PAGE_LINES = 50

/** What a reading is for; the person is told this in plain words, never the operator's own. */
export const READING_KINDS = ['fault', 'support', 'safety'] as const
export type ReadingKind = (typeof READING_KINDS)[number]

/** What the person is told in the transaction that opens a reading. */
export interface Told {
  user: LockedUser
  kind: ReadingKind
  /** Only the exchange that they reported themselves. */
  reported: boolean
}

export interface ReadingsDeps {
  db: Kysely<Database>
  history: History
  /** Owes the person the news, in the transaction: in the chat and on the page. Gives what is to be done after the commit. */
  tell(tx: Transaction<Database>, told: Told): Promise<() => void>
}

export interface OpenedReading {
  readingId: string
  userId: string
  expiresAt: Date
}

export type ReadingRefusal = 'absent' | 'expired'

/** Operators' looks into what people said: each with a reason, written down, and told to the person first. */
export interface Readings {
  /** Opens somebody's talk for half an hour. Null when there is no such user. */
  openTalk(at: { userId: string; operatorId: string; reason: string; kind: ReadingKind }): Promise<OpenedReading | null>
  /** Opens one exchange that was reported. Null when it was not. */
  openReport(at: { turnId: string; operatorId: string; reason: string }): Promise<OpenedReading | null>
  /** A page of what is open, ascending; each page is written down before it is shown. */
  page(at: {
    readingId: string
    operatorId: string
    before: number | null
  }): Promise<{ messages: Message[]; hasMore: boolean } | ReadingRefusal>
}

export function createReadings(deps: ReadingsDeps): Readings {
  const { db } = deps
  return {
    openTalk: ({ userId, ...at }) => open(deps, { ...at, turnId: null, findUser: async () => userId }),
    openReport: ({ turnId, ...at }) =>
      open(deps, { ...at, kind: 'safety', turnId, findUser: () => reporterOf(db, turnId) }),
    async page({ readingId, operatorId, before }) {
      const reading = await findReading(db, readingId)
      if (reading?.operatorId !== operatorId) return 'absent'
      if (reading.over) return 'expired'
      const { userId, turnId } = reading
      await recordAudit(db, { kind: 'reading_page', userId: operatorId, details: { readingId, of: userId, before } })
      return turnId === null ? talkPage(deps, reading, before) : exchange(deps, userId, turnId)
    },
  }
}

interface Opening {
  operatorId: string
  reason: string
  kind: ReadingKind
  turnId: string | null
  findUser(): Promise<string | null>
}

async function open(deps: ReadingsDeps, { findUser, turnId, ...at }: Opening): Promise<OpenedReading | null> {
  const { operatorId, kind } = at
  const userId = await findUser()
  if (userId === null) return null
  const opened = await inTransaction(deps.db, async (tx) => {
    const user = await lockUser(tx, userId)
    if (!user) return null
    const readingId = newId()
    const expiresAt = await insertReading(tx, {
      ...at,
      id: readingId,
      userId: user.id,
      turnId,
      minutes: READING_MINUTES,
    })
    const details = { readingId, of: user.id, kind, ...(turnId === null ? {} : { turnId }) }
    await recordAudit(tx, { kind: 'reading_opened', userId: operatorId, details })
    const afterwards = await deps.tell(tx, { user, kind, reported: turnId !== null })
    return { afterwards, reading: { readingId, userId: user.id, expiresAt } }
  })
  opened?.afterwards()
  return opened?.reading ?? null
}

function talkPage(deps: ReadingsDeps, { userId }: Reading, before: number | null) {
  return readHistory(deps, userId, { ...(before === null ? {} : { before }), limit: PAGE_LINES })
}

async function exchange(deps: ReadingsDeps, userId: string, turnId: string) {
  const messages: Message[] = []
  for (const id of await linesOfTurn(deps.db, userId, turnId)) {
    const message = await readMessage(deps, userId, id)
    if (message) messages.push(message)
  }
  return { messages, hasMore: false }
}
