import { createHash } from 'node:crypto'
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'
import { Problem } from './problem.ts'

/** How often something may happen, per key, in a window that begins with the first time. */
const LIMITS = {
  /** Codes sent to one address; no pause between them. */
  mailCodePerAddress: { times: 5, seconds: 600 },
  /** Codes asked for by one client, for whatever addresses: nobody mails the world through us. */
  mailCodePerClient: { times: 300, seconds: 600 },
  /**
   * Wrong codes for one address, over all the codes it got: 5 tries each would be 3,600 a day. Counted for each client
   * too, with less, so that one stranger cannot use up the owner's.
   */
  wrongCodePerAddress: { times: 300, seconds: 86_400 },
  wrongCodePerAddressAndClient: { times: 60, seconds: 86_400 },
  wrongCodePerClient: { times: 100, seconds: 600 },
  /** Signed payloads that did not verify. They cannot be guessed, so this only bounds the work they make. */
  badProofPerClient: { times: 1_000, seconds: 600 },
  /** Links that were never made: secrets of 256 bits are not found by trying. */
  unknownLinkPerClient: { times: 10, seconds: 60 },
  /** Codes that a page shows for the bot's chat; each is also a mail to the user. */
  linkCodePerUser: { times: 30, seconds: 600 },
  /** Sign-ins begun at an OpenID Connect provider. */
  providerPerClient: { times: 300, seconds: 600 },
  /** Messages of one user over all pages; the contract promises 60. */
  messagePerUser: { times: 100, seconds: 10 },
  /** The same of one client, for all its people together: a house full of them, and no farm. */
  messagePerClient: { times: 2_000, seconds: 60 },
  /** People made by mail or a provider from one client: such a login costs nothing. Telegram's have a telephone number. */
  newLoginPerClient: { times: 500, seconds: 86_400 },
  /** Conversations begun or brought back: each is a line for good, and a picture and a message in the bot's chat. */
  beginningPerUser: { times: 60, seconds: 600 },
  /** Invoices asked for: each may be a call to Telegram. */
  invoicePerUser: { times: 30, seconds: 600 },
  /** Reminders set or changed on pages; how many may wait is another limit. */
  reminderPerUser: { times: 120, seconds: 600 },
  /** Copies of one's own data; each reads all there is. */
  exportPerUser: { times: 30, seconds: 86_400 },
} as const

/** Redis has this long to answer before this process counts for itself. */
const REDIS_TIMEOUT_MS = 1_000

export type LimitName = keyof typeof LIMITS

export interface Limits {
  /** Counts one more. @throws Problem 429 `rate_limited` with `Retry-After` when it was one too many */
  take(limit: LimitName, key: string): Promise<void>
  /** Takes one off again, where only failures count. */
  giveBack(limit: LimitName, key: string): Promise<void>
}

/** The one command that counting needs. */
export interface CountingRedis {
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>
}

/**
 * Counts in Redis, so that processes share the figures; when Redis fails, and without one, each process counts for
 * itself. There is no state in which nothing is counted.
 */
export function createLimits({ redis }: { redis?: CountingRedis | undefined } = {}): Limits {
  const store = redis && { eval: withTimeout(redis) }
  const limiters = new Map<LimitName, RateLimiterMemory | RateLimiterRedis>()
  for (const [name, { times, seconds }] of Object.entries(LIMITS)) {
    const options = { keyPrefix: `limit:${name}`, points: times, duration: seconds }
    const memory = new RateLimiterMemory(options)
    const limiter = store
      ? new RateLimiterRedis({ ...options, storeClient: store, useRedisPackage: true, insuranceLimiter: memory })
      : memory
    limiters.set(name as LimitName, limiter)
  }
  return {
    async take(limit, key) {
      try {
        await limiters.get(limit)?.consume(shorten(key))
      } catch (refusal) {
        throw refusal instanceof RateLimiterRes ? tooOften(refusal) : new Problem(503, 'unavailable')
      }
    },
    async giveBack(limit, key) {
      await limiters.get(limit)?.reward(shorten(key))
    },
  }
}

function tooOften(refusal: RateLimiterRes): Problem {
  const seconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1_000))
  return new Problem(429, 'rate_limited', { args: { seconds }, headers: { 'Retry-After': String(seconds) } })
}

/** Keys say who somebody is; what is counted under need not. */
function shorten(key: string): string {
  return createHash('sha256').update(key).digest('base64url').slice(0, 22)
}

function withTimeout(redis: CountingRedis): CountingRedis['eval'] {
  return async (script, options) => {
    const { promise: tooLate, reject } = Promise.withResolvers<never>()
    const timer = setTimeout(() => reject(new Error('Redis did not answer in time')), REDIS_TIMEOUT_MS)
    try {
      return await Promise.race([redis.eval(script, options), tooLate])
    } finally {
      clearTimeout(timer)
    }
  }
}
