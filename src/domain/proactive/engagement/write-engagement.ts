import type { Kysely } from 'kysely'
import type { HistoryMessage } from '#domain/conversations'
import { openUnasked } from '#domain/delivery'
import { type LockedUser, lockUser } from '#domain/identity'
import { type Announce, openTurns } from '#domain/replies'
import { reach } from '#platform/failpoints'
import { type Database, type Executor, inTransaction } from '#platform/postgres'
import type { MeasureInitiative, SkipReason } from '../kinds.ts'
import { announceSaid, type SayDeps, type Saying, sayFirst, skip } from '../say-first.ts'
import { type ComposeDeps, composeOpener } from './compose-opener.ts'
import type { LeasedEngagement } from './engagement-queue-store.ts'
import { type EngagementOptions, endEngagement, passMoment, putBackMoment, readMoment } from './engagement-store.ts'

/**
 * While so many of what nobody asked for are waiting to be sent, none is added: what waits for two hours is given up.
 * At 30 a second it is half a minute's work.
 */
const WAITING_MAX = 1_000
const CROWDED_PAUSE_SECONDS = 60
/** Until a late answer has come: nothing is said first before it. */
const ANSWERING_PAUSE_SECONDS = 5
/** What is pressed under it: no more of these. */
const BUTTONS = 'proactive_off'

export interface EngagementDeps extends SayDeps, ComposeDeps {
  db: Kysely<Database>
  announce: Announce
  engagement: EngagementOptions
  measure: MeasureInitiative
}

/** What it came to: a line, or why there is none; null: nothing was decided here. */
type Written = { line: HistoryMessage } | { skipped: SkipReason } | null

/**
 * Writes the text of one leased moment and says it, if by then it may still be said. The model is asked outside of any
 * transaction; that it was said, the line, what is owed and the next moment are one.
 */
export async function writeEngagement(deps: EngagementDeps, job: LeasedEngagement, signal: AbortSignal): Promise<void> {
  await reach('first.leased', job.user_id)
  const text = await textFor(deps, job, signal)
  if (signal.aborted) return
  await reach('first.written', job.user_id)
  const written = await inTransaction(deps.db, async (tx) => {
    const settled = await settle(deps, tx, job, text)
    await reach('first.recording', job.user_id)
    return settled
  })
  await reach('first.recorded', job.user_id)
  if (written === null) return
  if ('skipped' in written) return deps.measure('engagement', written.skipped)
  deps.measure('engagement', 'said')
  announceSaid(deps.announce, written.line)
}

/** A text, and the talk it was written for; or why no model was asked for one; or that there is none. */
type Text = { text: string; writtenFor: string } | 'untimely' | 'answering' | 'crowded' | 'no_text'

async function textFor(deps: EngagementDeps, job: LeasedEngagement, signal: AbortSignal): Promise<Text> {
  const at = await readMoment(deps.db, job, deps.engagement)
  if (!at?.verdict || at.answered || !('say' in at.verdict)) return 'untimely'
  const { conversationId } = at.verdict.say
  if (conversationId === null) return 'untimely'
  if ((await openTurns(deps.db, job.user_id, conversationId)).length > 0) return 'answering'
  if ((await openUnasked(deps.db, WAITING_MAX)) >= WAITING_MAX) return 'crowded'
  const { cause, moment } = at
  const to = { userId: job.user_id, conversationId, tries: job.lease_attempts, cause, moment }
  const text = await composeOpener(deps, to, signal)
  return text === null ? 'no_text' : { text, writtenFor: conversationId }
}

async function settle(deps: EngagementDeps, tx: Executor, job: LeasedEngagement, written: Text): Promise<Written> {
  const user = await lockUser(tx, job.user_id)
  if (user?.id !== job.user_id) return null
  const at = await readMoment(tx, job, deps.engagement)
  if (!at) return null
  const { verdict } = at
  if (verdict === null) await endEngagement(tx, user.id)
  else if (at.answered) await putBackMoment(tx, job, 0)
  else if ('wait' in verdict) await putBackMoment(tx, job, verdict.wait)
  else if ('skip' in verdict) return pass(deps, tx, job, { cause: at.cause, reason: verdict.skip })
  else if (written === 'untimely') await putBackMoment(tx, job, 0)
  else if (written === 'answering') await putBackMoment(tx, job, ANSWERING_PAUSE_SECONDS)
  else if (written === 'crowded') await putBackMoment(tx, job, CROWDED_PAUSE_SECONDS)
  else if (written === 'no_text') return pass(deps, tx, job, { cause: at.cause, reason: 'no_text' })
  // Another companion's words, or of a talk that was begun anew: looked at again, and written again.
  else if (written.writtenFor !== verdict.say.conversationId) await putBackMoment(tx, job, 0)
  else return say(deps, tx, { user, job, cause: at.cause, text: written.text, ...verdict.say })
  return null
}

async function say(
  deps: EngagementDeps,
  tx: Executor,
  { user, job, ...what }: { user: LockedUser; job: LeasedEngagement } & Omit<Saying, 'kind' | 'buttons'>,
): Promise<Written> {
  const line = await sayFirst(deps, tx, user, { kind: 'engagement', buttons: BUTTONS, ...what })
  await passMoment(tx, job, { said: line !== null, afterMs: deps.engagement.afterMs })
  return line && { line }
}

async function pass(
  { engagement }: EngagementDeps,
  tx: Executor,
  job: LeasedEngagement,
  { cause, reason }: { cause: string; reason: SkipReason },
): Promise<Written> {
  await skip(tx, job.user_id, { kind: 'engagement', cause }, reason)
  await passMoment(tx, job, { said: false, afterMs: engagement.afterMs })
  if (reason === 'off') await endEngagement(tx, job.user_id)
  return { skipped: reason }
}
