import type { Kysely } from 'kysely'
import type { HistoryMessage } from '#domain/conversations'
import { type LockedUser, lockUser } from '#domain/identity'
import type { Announce } from '#domain/replies'
import { reach } from '#platform/failpoints'
import { type Database, type Executor, inTransaction } from '#platform/postgres'
import type { Cause, MeasureInitiative, SkipReason } from '../kinds.ts'
import { judge, type MannersOptions } from '../manners-store.ts'
import { announceSaid, type SayDeps, sayFirst, skip } from '../say-first.ts'
import { awaitUser } from './awaited-store.ts'
import { textFor } from './campaign.ts'
import { holdCampaign, type LeasedCampaign } from './campaign-queue-store.ts'

/** What is pressed under it to hear no more of the kind. */
const BUTTONS = 'proactive_off'

export interface TellDeps extends SayDeps {
  db: Kysely<Database>
  announce: Announce
  manners: MannersOptions
  measure: MeasureInitiative
}

/** What came of one user; null: it was said or skipped before, or nobody is there any more. */
type Told = { line: HistoryMessage } | { skipped: SkipReason } | null

/**
 * Says it to one user, or writes down why not, in one short transaction; whoever it was said to before hears nothing. A
 * time to wait for is a reason too: a campaign does not come back. True when it was said.
 * @throws CampaignTakenError when somebody else has the campaign by now; then nothing happened
 */
export async function tellUser(deps: TellDeps, campaign: LeasedCampaign, userId: string): Promise<boolean> {
  const told = await inTransaction(deps.db, async (tx) => {
    const user = await lockUser(tx, userId)
    const result = user ? await sayOrSkip(deps, tx, user, campaign) : null
    await holdCampaign(tx, campaign)
    await reach('first.recording', userId)
    return result
  })
  await reach('first.recorded', userId)
  if (!told) return false
  deps.measure('campaign', 'skipped' in told ? told.skipped : 'said')
  if ('skipped' in told) return false
  announceSaid(deps.announce, told.line)
  return true
}

async function sayOrSkip(deps: TellDeps, tx: Executor, user: LockedUser, campaign: LeasedCampaign): Promise<Told> {
  const verdict = await judge(tx, { userId: user.id, kind: 'campaign' }, deps.manners)
  if (!verdict) return null
  if (!('say' in verdict)) return leaveOut(tx, user, campaign, 'skip' in verdict ? verdict.skip : verdict.because)
  const text = textFor(campaign, user.locale)
  const line = await sayFirst(deps, tx, user, { ...causeOf(campaign), text, ...verdict.say, buttons: BUTTONS })
  if (!line) return null
  await awaitUser(tx, campaign.id, user.id)
  return { line }
}

async function leaveOut(tx: Executor, user: LockedUser, campaign: LeasedCampaign, reason: SkipReason): Promise<Told> {
  if (!(await skip(tx, user.id, causeOf(campaign), reason))) return null
  await awaitUser(tx, campaign.id, user.id)
  return { skipped: reason }
}

/** Leaves out somebody to whom it cannot be said through no fault of theirs, so that nobody waits behind them. */
export async function giveUpUser(deps: TellDeps, campaign: LeasedCampaign, userId: string): Promise<void> {
  const told = await inTransaction(deps.db, async (tx) => {
    const user = await lockUser(tx, userId)
    const result = user && (await leaveOut(tx, user, campaign, 'broken'))
    await holdCampaign(tx, campaign)
    return result
  })
  if (told) deps.measure('campaign', 'broken')
}

function causeOf({ id }: LeasedCampaign): Cause {
  return { kind: 'campaign', cause: id }
}
