import { randomInt } from 'node:crypto'
import { badRequest } from './refusal.ts'

/** How long a pressed button waits for its answer. Telegram gives no number; its apps stop turning the wheel well before. */
const ANSWER_WITHIN_MS = 60_000

export type CallbackAnswer = { text?: string; showAlert?: boolean; url?: string }
export type OpenCallback = { personId: number; expiresMs: number; answer?: CallbackAnswer }

export type Callbacks = ReturnType<typeof createCallbacks>

/** Pressed buttons and their answers (Bot API answerCallbackQuery). */
export function createCallbacks(now: () => number) {
  const open = new Map<string, OpenCallback>()

  function ask(personId: number): string {
    const id = `${randomInt(1e9, 9e9)}${randomInt(1e8, 9e8)}`
    open.set(id, { personId, expiresMs: now() + ANSWER_WITHIN_MS })
    return id
  }

  function answer(id: string | undefined, given: CallbackAnswer): OpenCallback {
    const callback = open.get(id ?? '')
    if (!callback || callback.answer || callback.expiresMs < now()) throw badRequest(QUERY_TOO_OLD)
    callback.answer = given
    return callback
  }

  return { ask, answer, find: (id: string) => open.get(id) ?? null }
}

/** Telegram's words for a query that is unknown, expired or already answered. */
export const QUERY_TOO_OLD = 'query is too old and response timeout expired or query ID is invalid'
