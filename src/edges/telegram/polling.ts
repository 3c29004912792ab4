import { setTimeout as sleep } from 'node:timers/promises'
import { type Api, GrammyError } from 'grammy'
import type { Update } from 'grammy/types'
import type { Log } from '#platform/log'
import { ALLOWED_UPDATES } from './allowed-updates.ts'
import { createHeldUpdates } from './held-updates.ts'
import { type InboundUpdate, MalformedUpdate } from './inbound-update.ts'
import { parseUpdate } from './parse-update.ts'
import { guardAgainstPoison } from './poison-guard.ts'

const LONG_POLL_SECONDS = 25
/** Also how many are held at once: Telegram gives these again and no later ones until the oldest is confirmed. */
const BATCH_MAX = 100
const PAUSE_MIN_MS = 200
const PAUSE_MAX_MS = 5_000
/** How soon we ask for news of others while a chat keeps us waiting: the longer it does, the more seldom. */
const LOOK_AGAIN_MIN_MS = 25
const LOOK_AGAIN_MAX_MS = 200
/** SIGTERM leaves ten seconds for everything. */
const STOP_WAIT_MAX_MS = 2_000

export interface PollingDeps {
  api: Api
  log: Log
  handle(update: InboundUpdate): Promise<void>
}

/**
 * Takes updates by long polling (Bot API getUpdates). An update is confirmed only when it and all before it are
 * committed: what is not is given again after a restart. A chat that waits or fails holds up no other one, as long as
 * there are fewer than a hundred updates after its own. `stop` resolves when the updates under way are settled, or in
 * two seconds.
 */
export function startPolling(deps: PollingDeps): { stop(): Promise<void> } {
  const stopping = new AbortController()
  const handle = guardAgainstPoison(deps.handle, deps.log)
  const running = poll({ ...deps, handle }, stopping.signal)
  return {
    async stop() {
      stopping.abort()
      await running
    },
  }
}

async function poll({ api, log, handle }: PollingDeps, stopping: AbortSignal): Promise<void> {
  const held = createHeldUpdates(handle)
  let next = 0
  let pauseMs = PAUSE_MIN_MS
  let lookAgainMs = LOOK_AGAIN_MIN_MS
  while (!stopping.aborted) {
    try {
      const timeout = held.isEmpty() ? LONG_POLL_SECONDS : 0
      const updates = await api.getUpdates(
        { offset: held.offset(next), timeout, limit: BATCH_MAX, allowed_updates: ALLOWED_UPDATES },
        stopping as never,
      )
      const before = next
      next = (updates.at(-1)?.update_id ?? next - 1) + 1
      for (const body of updates) {
        const update = read(body, log)
        if (update.kind !== 'ignored') held.add(update)
      }
      held.resume()
      await within(lookAgainMs, held.standstill())
      const { settled, failure } = held.progress()
      lookAgainMs = settled > 0 || next > before ? LOOK_AGAIN_MIN_MS : Math.min(LOOK_AGAIN_MAX_MS, lookAgainMs * 2)
      if (settled > 0 || held.isEmpty()) pauseMs = PAUSE_MIN_MS
      if (failure) throw failure.error
    } catch (error) {
      if (stopping.aborted) break
      log.warn('telegram.polling_failed', { error })
      pauseMs = Math.min(PAUSE_MAX_MS, pauseMs * 2)
      const retryAfter = error instanceof GrammyError ? error.parameters.retry_after : undefined
      await sleep(retryAfter ? retryAfter * 1000 : pauseMs, undefined, { signal: stopping }).catch(() => {})
    }
  }
  held.stop()
  await within(STOP_WAIT_MAX_MS, held.standstill())
}

/** Waits for this, but no longer than so. */
async function within(ms: number, work: Promise<void>): Promise<void> {
  const done = new AbortController()
  const late = sleep(ms, undefined, { signal: done.signal }).catch(() => {})
  await Promise.race([work, late])
  done.abort()
}

/** What nobody can read is passed over, or it would come back for ever. */
function read(body: Update, log: Log): InboundUpdate {
  try {
    return parseUpdate(body)
  } catch (error) {
    if (!(error instanceof MalformedUpdate || error instanceof TypeError)) throw error
    log.warn('telegram.malformed_update', { error })
    return { kind: 'ignored' }
  }
}
