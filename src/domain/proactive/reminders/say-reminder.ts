import type { Kysely } from 'kysely'
import type { HistoryMessage } from '#domain/conversations'
import { lockUser, readUser } from '#domain/identity'
import type { Announce } from '#domain/replies'
import { reach } from '#platform/failpoints'
import type { LeasedRow } from '#platform/leases'
import { type Database, type Executor, inTransaction } from '#platform/postgres'
import type { Texts } from '#platform/texts'
import type { MeasureInitiative, SkipReason } from '../kinds.ts'
import { judge, type MannersOptions } from '../manners-store.ts'
import { announceSaid, type SayDeps, sayFirst, skip } from '../say-first.ts'
import type { Reminder } from './reminder.ts'
import { endReminder, type ReminderJob, readLeased } from './reminder-store.ts'
import type { Reminders } from './reminders.ts'
import { whenInWords } from './when-in-words.ts'

/** Later than this, it is said when it should have come. */
const LATE_SECONDS = 2 * 3_600

export interface SayReminderDeps extends SayDeps {
  db: Kysely<Database>
  reminders: Reminders
  manners: MannersOptions
  texts: Texts
  announce: Announce
  measure: MeasureInitiative
}

/** What came of it; null: it is somebody else's. */
type Told = { line: HistoryMessage } | { skipped: SkipReason } | null

/**
 * Says one leased reminder, or writes down why not: the row, the line of the history and what is owed to the chat in one
 * transaction, under the fencing token of the lease. A lost lease writes nothing.
 */
export async function sayReminder(
  deps: SayReminderDeps,
  { id, user_id: userId, lease_token: leaseToken }: LeasedRow<ReminderJob>,
): Promise<void> {
  await reach('first.leased', userId)
  const told = await inTransaction(deps.db, (tx) => say(deps, tx, { id, userId, leaseToken }))
  if (!told) return
  await reach('first.recorded', userId)
  deps.measure('reminder', 'skipped' in told ? told.skipped : 'said')
  if ('skipped' in told) return
  const { line } = told
  announceSaid(deps.announce, line)
  deps.announce.event(line.userId, { name: 'reminders', data: {} })
}

async function say(
  deps: SayReminderDeps,
  tx: Executor,
  leased: { id: string; userId: string; leaseToken: number },
): Promise<Told> {
  const user = await lockUser(tx, leased.userId)
  // Who was merged meanwhile has it under another name, and due anew.
  const row = user?.id === leased.userId ? await readLeased(tx, leased) : null
  if (!user || !row) return null
  const cause = { kind: 'reminder', cause: leased.id } as const
  const verdict = await judge(tx, { userId: user.id, kind: 'reminder' }, deps.manners)
  if (!verdict || !('say' in verdict)) {
    const skipped = verdict && 'skip' in verdict ? verdict.skip : 'user_gone'
    await skip(tx, user.id, cause, skipped)
    await endReminder(tx, leased.id, 'skipped')
    return { skipped }
  }
  const reminder = await deps.reminders.open(row.reminder)
  const text = await wordsOf(deps, tx, reminder, row.lateSeconds)
  const line = await sayFirst(deps, tx, user, { ...cause, text, ...verdict.say, buttons: null })
  await endReminder(tx, leased.id, 'said')
  await reach('first.recording', user.id)
  return line && { line }
}

async function wordsOf({ texts }: SayReminderDeps, tx: Executor, reminder: Reminder, late: number): Promise<string> {
  const person = await readUser(tx, reminder.userId)
  const locale = person?.locale ?? 'ru'
  const text = asWritten(reminder.text)
  if (late < LATE_SECONDS) return texts.say(locale, 'reminder-said', { text })
  const when = whenInWords(texts, reminder.at, { locale, zone: person?.timezone ?? null })
  return texts.say(locale, 'reminder-said-late', { text, when })
}

/** Signs of markdown: anywhere, and at the beginning of a line. */
const SIGNS = /[\\`*_[\]<]|&(?=#?\w+;)|(?<=\n[ \t]*)[-+=#>~]|(?<=\n[ \t]*\d{1,9})[.)]/g

/** Lines of the history are markdown; a person's own signs shall stand as they were typed. */
function asWritten(text: string): string {
  return text.replaceAll(SIGNS, '\\$&')
}
