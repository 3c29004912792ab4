import type { RetryPolicy } from './delivery.ts'

/**
 * How long to wait before attempt `attempts` + 1: exponential with full jitter, so that many chats that failed
 * together do not come back together. `afterMs`, when the channel named one, is obeyed exactly.
 */
export function retryDelayMs(attempts: number, policy: RetryPolicy, afterMs?: number, random = Math.random): number {
  if (afterMs !== undefined) return Math.ceil(afterMs)
  const ceiling = Math.min(policy.backoffMaxMs, policy.backoffBaseMs * 2 ** Math.max(0, attempts - 1))
  return Math.ceil(random() * ceiling)
}
