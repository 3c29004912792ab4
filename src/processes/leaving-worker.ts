import { insertNotice, isNoticeOpen } from '#domain/delivery'
import { lockUser, messengerOf, userTopic } from '#domain/identity'
import { ERASURE_QUEUE, ERASURE_TOPIC, type EraseDeps, eraseDue } from '#domain/leaving'
import { supersedeLinksOf } from '#domain/linking'
import { announceForgotten, stopUsers } from '#domain/replies'
import { runWorker, type Worker } from '#platform/leases'
import { inTransaction } from '#platform/postgres'
import { GONE_TOPIC } from './forget-gone.ts'
import type { Ground } from './lay-ground.ts'
import type { CommonOptions } from './proactive-workers.ts'
import type { House } from './wire.ts'

/** Nobody waits for it, and each is one transaction after the other. */
const ERASURES_AT_ONCE = 2
const ERASURE_POLL_MS = 2_000
const FAREWELL = 'erasing'
/** The last message is said once, however often the job is taken. */
const FAREWELL_QUIET_SECONDS = 3_600

/** Forgets those whose day has come. */
export function leavingWorker(common: CommonOptions, ground: Ground, house: House): Worker {
  const deps = eraseDeps(common, ground, house)
  return runWorker({
    ...common,
    queue: ERASURE_QUEUE,
    wakeTopic: ERASURE_TOPIC,
    concurrency: ERASURES_AT_ONCE,
    pollMs: ERASURE_POLL_MS,
    handle: (row, signal) => eraseDue(deps, row, signal),
  })
}

function eraseDeps({ log }: CommonOptions, { courier }: Ground, house: House): EraseDeps {
  const { db, announce, payments, personalParts } = house
  const { live, presence } = courier
  return {
    db,
    parts: personalParts,
    farewell: (userId) => sayFarewell(house, userId),
    async before(userId) {
      const changed = await payments.cancelSubscription(userId)
      if (changed === 'telegram_away') throw new Error('a renewal cannot be stopped while Telegram is away')
    },
    async stop(tx, userIds) {
      await supersedeLinksOf(tx, userIds)
      const cancelled = await stopUsers(tx, userIds)
      return () => announceForgotten(announce, cancelled)
    },
    async gone(userIds, sessionIds) {
      live.publish(GONE_TOPIC, { userIds })
      for (const userId of userIds) {
        for (const sessionId of sessionIds) live.publish(userTopic(userId), { kind: 'session.ended', sessionId })
        await presence.forget(userId)
      }
    },
    log,
  }
}

/** Who can be reached hears that it is time, while there is still an address. */
async function sayFarewell({ db, announce }: House, userId: string): Promise<'said' | 'waiting'> {
  const owed = await inTransaction(db, async (tx) => {
    const user = await lockUser(tx, userId)
    const messenger = user && (await messengerOf(tx, user.id, 'telegram'))
    if (!user || messenger?.reachability !== 'reachable') return false
    const chat = { userId: user.id, channel: 'telegram', address: messenger.externalId } as const
    return insertNotice(tx, { ...chat, notice: { key: FAREWELL }, quietSeconds: FAREWELL_QUIET_SECONDS })
  })
  if (owed) announce.wakeDeliveries()
  return owed || (await isNoticeOpen(db, userId, FAREWELL)) ? 'waiting' : 'said'
}
