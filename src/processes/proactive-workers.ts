import {
  advanceCampaign,
  CAMPAIGN_QUEUE,
  CAMPAIGN_TOPIC,
  ENGAGEMENT_QUEUE,
  ENGAGEMENT_TOPIC,
  type EngagementOptions,
  type MannersOptions,
  planAhead,
  REMINDER_QUEUE,
  REMINDER_TOPIC,
  sayReminder,
  writeEngagement,
} from '#domain/proactive'
import { runWorker, type Worker, type WorkerOptions } from '#platform/leases'
import { isUnavailable } from '#platform/postgres'
import type { Ground } from './lay-ground.ts'
import type { House } from './wire.ts'

/** One owes its messages one after the other; operators rarely have several. */
const CAMPAIGNS_AT_ONCE = 4
/** At nine in the morning many are due; each is a few statements. */
const REMINDERS_AT_ONCE = 8
/** Each waits for the model, and nobody waits for it. */
const ENGAGEMENTS_AT_ONCE = 4

/** What all workers of a process share. */
export type CommonOptions = Pick<WorkerOptions<object>, 'leases' | 'live' | 'leaseMs' | 'heartbeatMs' | 'log'>

/** Runs what the companion says first: one worker for each of its queues. */
export function proactiveWorkers(common: CommonOptions, ground: Ground, house: House): Worker[] {
  const says = { ...house, manners: mannersOf(ground), measure: house.measureInitiative, log: common.log }
  const writes = { ...says, engagement: engagementOf(ground), model: house.readingModel }
  return [
    runWorker({
      ...common,
      queue: CAMPAIGN_QUEUE,
      wakeTopic: CAMPAIGN_TOPIC,
      concurrency: CAMPAIGNS_AT_ONCE,
      handle: (row, signal) => advanceCampaign(says, row, signal),
    }),
    runWorker({
      ...common,
      queue: REMINDER_QUEUE,
      wakeTopic: REMINDER_TOPIC,
      concurrency: REMINDERS_AT_ONCE,
      handle: (row) => sayReminder({ ...says, ...house.settle, texts: ground.texts }, row),
    }),
    runWorker({
      ...common,
      queue: ENGAGEMENT_QUEUE,
      wakeTopic: ENGAGEMENT_TOPIC,
      concurrency: ENGAGEMENTS_AT_ONCE,
      handle: (row, signal) => writeEngagement(writes, row, signal),
    }),
  ]
}

/** Looks at everybody who is due to be written to; while the database is away there is nothing to look at. */
export function planner(ground: Ground, house: House): (signal: AbortSignal) => Promise<void> {
  const deps = {
    db: house.db,
    engagement: engagementOf(ground),
    measure: house.measureInitiative,
    wake: () => ground.courier.live.publish(ENGAGEMENT_TOPIC, {}),
  }
  return async (signal) => {
    try {
      await planAhead(deps, signal)
    } catch (error) {
      if (!isUnavailable(error)) throw error
    }
  }
}

function engagementOf(ground: Ground): EngagementOptions {
  return { ...mannersOf(ground), afterMs: ground.config.ENGAGEMENT_AFTER }
}

/** What this installation allows its companions to say unasked. */
function mannersOf({ config }: Ground): MannersOptions {
  return { quietHours: config.QUIET_HOURS, dailyCap: config.PROACTIVE_DAILY_CAP }
}
