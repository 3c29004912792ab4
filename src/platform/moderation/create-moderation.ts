import { z } from 'zod'
import { systemClock } from '#platform/clock'
import { createBreaker } from '#platform/llm'
import type { Log } from '#platform/log'

const TIMEOUT_MS = 1_500
/** More than a verdict on one text ever needs. */
const ANSWER_MAX_BYTES = 65_536
const ENDPOINT = 'moderations'

/** What is understood of a verdict. Violence in general is left out: it is not violence at home. */
export type ModeratedRisk = 'self_harm' | 'minor_sexual' | 'explicit'

/** How a call ended; `skipped`: the service had failed often and is left alone for a while. */
export type ModerationOutcome = 'read' | 'failed' | 'timeout' | 'skipped'

export interface ModerationOptions {
  /** OpenAI-compatible base address; asked at `/moderations`. */
  url: string
  key?: string | undefined
  /** The service's own choice unless named. */
  model?: string | undefined
  log: Log
  /** Counts each call. */
  counted?: (outcome: ModerationOutcome) => void
  fetch?: typeof globalThis.fetch
  timeoutMs?: number
  monotonicMs?: () => number
}

export interface Moderation {
  /** The risks that the service sees. Never throws and never waits longer than 1.5 s: without an answer there are none. */
  read(text: string): Promise<ReadonlySet<ModeratedRisk>>
}

/** OpenAI's names of categories, and what they are here. */
const RISK_OF: Record<string, ModeratedRisk> = {
  'self-harm': 'self_harm',
  'self-harm/intent': 'self_harm',
  'self-harm/instructions': 'self_harm',
  'sexual/minors': 'minor_sexual',
  sexual: 'explicit',
}

const answerSchema = z.object({
  results: z.array(z.object({ categories: z.record(z.string(), z.boolean().nullish()) })).min(1),
})

/** A second reader, besides the phrases: sees what nobody foresaw, and may be away. */
export function createModeration(options: ModerationOptions): Moderation {
  const { log, counted = () => {}, timeoutMs = TIMEOUT_MS, monotonicMs = systemClock.monotonicMs } = options
  const breaker = createBreaker(monotonicMs)
  let wasOpen = false

  function end(outcome: ModerationOutcome): void {
    counted(outcome)
    if (breaker.open !== wasOpen) log.warn(breaker.open ? 'moderation.left_alone' : 'moderation.back')
    wasOpen = breaker.open
  }

  return {
    async read(text) {
      const pass = breaker.enter()
      if (!pass) {
        counted('skipped')
        return new Set()
      }
      try {
        const risks = await ask(options, text, AbortSignal.timeout(timeoutMs))
        pass.succeeded()
        end('read')
        return risks
      } catch (error) {
        pass.failed()
        const outcome = error instanceof DOMException && error.name === 'TimeoutError' ? 'timeout' : 'failed'
        log.warn('moderation.failed', { outcome, error })
        end(outcome)
        return new Set()
      }
    },
  }
}

async function ask(
  { url, key, model, fetch = globalThis.fetch }: ModerationOptions,
  text: string,
  signal: AbortSignal,
): Promise<ReadonlySet<ModeratedRisk>> {
  const response = await fetch(new URL(ENDPOINT, url.endsWith('/') ? url : `${url}/`), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(key ? { authorization: `Bearer ${key}` } : {}) },
    body: JSON.stringify({ input: text, ...(model ? { model } : {}) }),
    // A key is not carried to another address.
    redirect: 'error',
    signal,
  })
  if (!response.ok) {
    await response.body?.cancel()
    throw new ModerationError(`status ${response.status}`)
  }
  const { results } = answerSchema.parse(JSON.parse(await readBounded(response)))
  const categories = results.flatMap((result) => Object.entries(result.categories))
  return new Set(categories.flatMap(([name, found]) => (found && RISK_OF[name] ? [RISK_OF[name]] : [])))
}

async function readBounded(response: Response): Promise<string> {
  const decoder = new TextDecoder()
  let bytes = 0
  let read = ''
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length
    if (bytes > ANSWER_MAX_BYTES) throw new ModerationError('the answer is too long')
    read += decoder.decode(chunk, { stream: true })
  }
  return read + decoder.decode()
}

class ModerationError extends Error {
  override name = 'ModerationError'
}
