import type { Clock } from '#platform/clock'

/** Who was asked what went wrong and writes nothing for so long talks to their companion again. */
const AWAITED_FOR_MS = 900_000
const REMEMBERED_MAX = 10_000

/** Chats whose next message is a question about a payment, and no message to the companion. */
export interface AwaitedQuestions {
  await(address: string): void
  isAwaited(address: string): boolean
  forget(address: string): void
}

/**
 * Remembered by this process alone, the oldest forgotten first. After a restart, and in another process, the message
 * that is answered to says the same: people's apps open an answer to it by themselves.
 */
export function createAwaitedQuestions(clock: Clock): AwaitedQuestions {
  const until = new Map<string, number>()
  return {
    await(address) {
      until.delete(address)
      if (until.size >= REMEMBERED_MAX) until.delete(until.keys().next().value ?? '')
      until.set(address, clock.monotonicMs() + AWAITED_FOR_MS)
    },
    isAwaited: (address) => (until.get(address) ?? Number.NEGATIVE_INFINITY) > clock.monotonicMs(),
    forget: (address) => void until.delete(address),
  }
}
