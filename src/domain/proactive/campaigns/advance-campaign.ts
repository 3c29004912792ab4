import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '#platform/log'
import { isUnavailable } from '#platform/postgres'
import { type Candidate, walkAudience } from './audience-store.ts'
import { CampaignTakenError, finishCampaign, type LeasedCampaign, moveOn, putDown } from './campaign-queue-store.ts'
import { AWAITED_MAX, followTold, takeBackTold, type UnderWay } from './follow-told.ts'
import { giveUpUser, type TellDeps, tellUser } from './tell-user.ts'

/** It owes no more than this ahead of the pace: two seconds of sending, so that a stop is soon one. */
const QUEUE_AHEAD_MAX = 60
/** Told side by side, so that a database that is far away is no slower than the pace. */
const TELL_AT_ONCE = 3
/** Those for whom it is not are passed by in steps of so many. */
const LOOK_MAX = 1_000
/** How often what was sent is made up for, several times within those two seconds. */
const REFILL_MS = 250
/** It is put down this often, so that a process that ends does not wait for it. */
const SLICE_MS = 2_000
/** How often is looked what became of the last ones. */
const FOLLOW_MS = 1_000

export interface CampaignDeps extends TellDeps {
  log: Log
}

/** How it goes on: soon, later, or nothing more. */
type Next = 'soon' | 'later' | 'over'

/** Sees to one leased campaign for a while and puts it down again. Whoever dies in the midst is followed by another. */
export async function advanceCampaign(
  deps: CampaignDeps,
  campaign: LeasedCampaign,
  signal: AbortSignal,
): Promise<void> {
  try {
    const next = campaign.state === 'running' ? await run(deps, campaign, signal) : await wind(deps, campaign, signal)
    if (next === 'over' && campaign.state === 'running') {
      if (await finishCampaign(deps.db, campaign)) deps.log.info('campaign.done', { campaignId: campaign.id })
    } else await putDown(deps.db, campaign, { soon: 0, later: FOLLOW_MS, over: null }[next])
  } catch (error) {
    if (!(error instanceof CampaignTakenError)) throw error
  }
}

/** Goes on from user to user, never far ahead of what is sent. */
async function run(deps: CampaignDeps, campaign: LeasedCampaign, signal: AbortSignal): Promise<Next> {
  const endMs = performance.now() + SLICE_MS
  const walk = walkAudience(deps.db, campaign.audience, campaign.reached_user)
  for (;;) {
    const places = placesIn(await followTold(deps.db, campaign.id))
    const finished = await tellSome(deps, campaign, { walk, places, endMs, signal })
    if (finished) return (await followTold(deps.db, campaign.id)).open.length === 0 ? 'over' : 'later'
    if (signal.aborted || performance.now() > endMs) return 'soon'
    await sleep(REFILL_MS)
  }
}

function placesIn({ untouched, open }: UnderWay): number {
  return Math.min(QUEUE_AHEAD_MAX - untouched, AWAITED_MAX - open.length)
}

interface Walk {
  walk: AsyncGenerator<Candidate, void>
  places: number
  endMs: number
  signal: AbortSignal
}

/** True when nobody is left who has not been looked at. */
async function tellSome(
  deps: CampaignDeps,
  campaign: LeasedCampaign,
  { walk, places, endMs, signal }: Walk,
): Promise<boolean> {
  for (let free = places; free > 0 && !signal.aborted && performance.now() < endMs; ) {
    const { fitting, last, finished } = await nextFew(walk, Math.min(free, TELL_AT_ONCE))
    const told = await Promise.all(fitting.map((userId) => tellOrGiveUp(deps, campaign, userId)))
    // Only now: whoever dies before this looks at them again, and finds what was written down.
    if (last !== null) await moveOn(deps.db, campaign, last)
    if (finished) return true
    free -= told.filter(Boolean).length
  }
  return false
}

/** The next so many for whom it is, and how far that was to go; not far in one go. */
async function nextFew(
  walk: AsyncGenerator<Candidate, void>,
  count: number,
): Promise<{ fitting: string[]; last: string | null; finished: boolean }> {
  const fitting: string[] = []
  let last: string | null = null
  for (let looked = 0; fitting.length < count && looked < LOOK_MAX; looked += 1) {
    const { value: candidate } = await walk.next()
    if (!candidate) return { fitting, last, finished: true }
    if (candidate.fits) fitting.push(candidate.userId)
    last = candidate.userId
  }
  return { fitting, last, finished: false }
}

/** One who cannot be told holds up nobody, unless nobody can be told at this moment. */
async function tellOrGiveUp(deps: CampaignDeps, campaign: LeasedCampaign, userId: string): Promise<boolean> {
  try {
    return await tellUser(deps, campaign, userId)
  } catch (error) {
    if (error instanceof CampaignTakenError || isUnavailable(error)) throw error
    deps.log.error('campaign.user_left_out', { campaignId: campaign.id, userId, error })
    await giveUpUser(deps, campaign, userId)
    return false
  }
}

/** What an operator has stopped: a cancelled one takes back what it can, and both wait for the rest. */
async function wind({ db }: CampaignDeps, campaign: LeasedCampaign, signal: AbortSignal): Promise<Next> {
  const { open } = await followTold(db, campaign.id)
  if (campaign.state !== 'cancelled' || open.length === 0) return open.length === 0 ? 'over' : 'later'
  await takeBackTold(db, campaign.id, open, signal)
  return (await followTold(db, campaign.id)).open.length === 0 ? 'over' : 'later'
}
