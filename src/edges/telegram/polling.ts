import { setTimeout as sleep } from 'node:timers/promises'
import { type Api, GrammyError } from 'grammy'
import type { Update } from 'grammy/types'
import type { Log } from '#platform/log'
import { ALLOWED_UPDATES } from './allowed-updates.ts'
import { type InboundUpdate, MalformedUpdate } from './inbound-update.ts'
import { parseUpdate } from './parse-update.ts'
import { guardAgainstPoison } from './poison-guard.ts'

const LONG_POLL_SECONDS = 25
const BATCH_MAX = 100
const PAUSE_MIN_MS = 200
const PAUSE_MAX_MS = 5_000

export interface PollingDeps {
  api: Api
  log: Log
  handle(update: InboundUpdate): Promise<void>
}

/**
 * Takes updates by long polling (Bot API getUpdates). An update is confirmed only after all of its batch are
 * committed: what fails is asked for again. Resolves the returned `stop` when the last batch is settled.
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
  let offset = 0
  let pauseMs = PAUSE_MIN_MS
  while (!stopping.aborted) {
    try {
      const updates = await api.getUpdates(
        { offset, timeout: LONG_POLL_SECONDS, limit: BATCH_MAX, allowed_updates: ALLOWED_UPDATES },
        stopping as never,
      )
      await handleBatch(updates, handle, log)
      offset = (updates.at(-1)?.update_id ?? offset - 1) + 1
      pauseMs = PAUSE_MIN_MS
    } catch (error) {
      if (stopping.aborted) return
      log.warn('telegram.polling_failed', { error })
      pauseMs = Math.min(PAUSE_MAX_MS, pauseMs * 2)
      const retryAfter = error instanceof GrammyError ? error.parameters.retry_after : undefined
      await sleep(retryAfter ? retryAfter * 1000 : pauseMs, undefined, { signal: stopping }).catch(() => {})
    }
  }
}

/** Chats go side by side, the updates of one chat one after another, as with a webhook. */
async function handleBatch(updates: Update[], handle: PollingDeps['handle'], log: Log): Promise<void> {
  const chats = new Map<string, InboundUpdate[]>()
  for (const body of updates) {
    const update = read(body, log)
    if (update.kind === 'ignored') continue
    const chat = chats.get(update.person.id)
    if (chat) chat.push(update)
    else chats.set(update.person.id, [update])
  }
  await Promise.all(
    [...chats.values()].map(async (chat) => {
      for (const update of chat) await handle(update)
    }),
  )
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
