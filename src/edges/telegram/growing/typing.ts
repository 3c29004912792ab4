import type { Way, WayDeps } from './way.ts'

/** Telegram shows an action for five seconds at most (Bot API sendChatAction). */
const TYPING_EVERY_MS = 4_000

/** "печатает…", as long as there is nothing to read. */
export function createTyping({ api, line, reply }: Pick<WayDeps, 'api' | 'line' | 'reply'>): Way {
  let nextMs = 0
  return {
    dueMs: () => Math.max(nextMs, line.readyMs()),
    async show() {
      const ending = await line.countedCall((signal) =>
        api.sendChatAction(reply.address, 'typing', {}, signal as never),
      )
      nextMs = line.nowMs() + TYPING_EVERY_MS
      return ending
    },
  }
}
