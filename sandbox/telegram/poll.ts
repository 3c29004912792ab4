import { conflict, type Refusal } from './refusal.ts'
import type { Update } from './shapes.ts'
import type { Updates } from './updates.ts'

const LIMIT_DEFAULT = 100
const LIMIT_MAX = 100
const TIMEOUT_MAX_SECONDS = 50

export type PollRequest = {
  offset?: number
  limit?: number
  timeoutSeconds?: number
  allowed?: string[]
  gone?: AbortSignal
}

const WEBHOOK_ACTIVE =
  "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
const OTHER_POLLER = 'terminated by other getUpdates request; make sure that only one bot instance is running'
const WEBHOOK_SET = 'terminated by setWebhook request'

/** Long polling: at most one request waits; a newer one ends it with 409 (Bot API getUpdates). */
export function createPoller({ updates, webhookActive }: { updates: Updates; webhookActive: () => boolean }) {
  let waiting: { end(refusal: Refusal): void } | null = null

  function poll(request: PollRequest): Promise<Update[]> {
    if (webhookActive()) throw conflict(WEBHOOK_ACTIVE)
    waiting?.end(conflict(OTHER_POLLER))
    if (request.allowed) updates.allow(request.allowed)
    confirm(request.offset ?? 0)
    const limit = Math.min(Math.max(request.limit ?? LIMIT_DEFAULT, 1), LIMIT_MAX)
    const ready = () => updates.pending().slice(0, limit)
    const timeoutMs = Math.min(Math.max(request.timeoutSeconds ?? 0, 0), TIMEOUT_MAX_SECONDS) * 1000
    if (ready().length > 0 || timeoutMs === 0) return Promise.resolve(ready().map((each) => each.update))
    return new Promise((resolve, reject) => {
      const leave = () => {
        if (waiting === mine) waiting = null
        stopListening()
        clearTimeout(timer)
        request.gone?.removeEventListener('abort', answer)
      }
      const answer = () => {
        leave()
        resolve(request.gone?.aborted ? [] : ready().map((each) => each.update))
      }
      const mine = {
        end(refusal: Refusal) {
          leave()
          reject(refusal)
        },
      }
      const stopListening = updates.onArrival(answer)
      const timer = setTimeout(answer, timeoutMs)
      request.gone?.addEventListener('abort', answer)
      waiting = mine
    })
  }

  function confirm(offset: number) {
    if (offset > 0) updates.confirmBelow(offset)
    if (offset < 0) updates.keepNewest(-offset)
  }

  return { poll, endForWebhook: () => waiting?.end(conflict(WEBHOOK_SET)) }
}
