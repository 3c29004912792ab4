import type { PendingUpdate, Updates } from './updates.ts'
import { pauseSeconds } from './webhook-retry.ts'

const ATTEMPT_TIMEOUT_MS = 60_000
const CONNECTIONS_DEFAULT = 40

export type WebhookConfig = { url: string; secretToken?: string; maxConnections?: number }
type LastError = { date: number; message: string }
type Attempt = { delivered: true; reply: unknown } | { delivered: false; message: string; retryAfter: string | null }

export type WebhookOptions = {
  updates: Updates
  now: () => number
  /** Length of Telegram's second in the retry pauses; tests shorten it. */
  retrySecondMs: number
  /** A method call found in the body of a 2xx answer (Bot API "Making requests when getting updates"). */
  onReply: (reply: unknown) => void
}

/**
 * Pushes updates to the bot's address. One queue per chat and class of update: inside it an update waits for the one before,
 * so a failing chat holds up nobody else, and order between classes is not promised.
 */
export function createWebhook({ updates, now, retrySecondMs, onReply }: WebhookOptions) {
  let config: WebhookConfig | null = null
  let lastError: LastError | null = null
  const busy = new Map<string, { timer?: NodeJS.Timeout }>()
  const failures = new Map<PendingUpdate, number>()

  function pump() {
    if (!config) return
    for (const entry of updates.pending()) {
      if (busy.size >= (config.maxConnections ?? CONNECTIONS_DEFAULT)) return
      const queue = queueOf(entry)
      if (!busy.has(queue)) void deliver(entry, queue, config)
    }
  }

  async function deliver(entry: PendingUpdate, queue: string, to: WebhookConfig) {
    const place: { timer?: NodeJS.Timeout } = {}
    busy.set(queue, place)
    const attempt = await post(entry, to)
    if (config !== to) return
    if (attempt.delivered) {
      updates.remove(entry)
      failures.delete(entry)
      busy.delete(queue)
      onReply(attempt.reply)
      pump()
      return
    }
    lastError = { date: Math.floor(now() / 1000), message: attempt.message }
    const failed = (failures.get(entry) ?? 0) + 1
    failures.set(entry, failed)
    const resume = () => {
      busy.delete(queue)
      pump()
    }
    place.timer = setTimeout(resume, pauseSeconds(failed, attempt.retryAfter) * retrySecondMs)
  }

  function set(next: WebhookConfig | null) {
    for (const { timer } of busy.values()) clearTimeout(timer)
    busy.clear()
    failures.clear()
    config = next
    lastError = null
    pump()
  }

  updates.onArrival(pump)
  return { set, active: () => config !== null, config: () => config, lastError: () => lastError }
}

function queueOf({ kind, chatId, copy }: PendingUpdate): string {
  const family = kind === 'edited_message' ? 'message' : kind
  return `${family}:${chatId}:${copy}`
}

async function post(entry: PendingUpdate, to: WebhookConfig): Promise<Attempt> {
  try {
    const response = await fetch(to.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(to.secretToken ? { 'x-telegram-bot-api-secret-token': to.secretToken } : {}),
      },
      body: JSON.stringify(entry.update),
      redirect: 'manual',
      signal: AbortSignal.timeout(ATTEMPT_TIMEOUT_MS),
    })
    const text = await response.text()
    if (response.ok) return { delivered: true, reply: readJson(text) }
    const message = `Wrong response from the webhook: ${response.status} ${response.statusText}`
    return { delivered: false, message, retryAfter: response.headers.get('retry-after') }
  } catch (error) {
    const timedOut = error instanceof Error && error.name === 'TimeoutError'
    return { delivered: false, message: timedOut ? 'Read timeout expired' : 'Connection refused', retryAfter: null }
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
