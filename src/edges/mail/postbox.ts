import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '#platform/log'
import type { Mail } from './mail.ts'
import type { Mailer } from './mailer.ts'

/** A code lives ten minutes: later tries would bring a dead one. */
const TRIES_MAX = 3
const RETRY_BASE_MS = 1_000
const WAITING_MAX = 500
/** A refusal for good (RFC 5321 section 4.2.1) stays one. */
const PERMANENT_FROM = 500

export interface Postbox {
  /** Never waits, never throws; a mail that cannot be sent is logged without its address. */
  post(mail: Mail): void
  /** Resolves when nothing is under way any more. */
  idle(): Promise<void>
}

export function createPostbox({ mailer, log }: { mailer: Mailer; log: Log }): Postbox {
  const underWay = new Set<Promise<void>>()
  return {
    post(mail) {
      if (underWay.size >= WAITING_MAX) return log.error('mail.dropped', { reason: 'too_many_waiting' })
      const sending = send(mail).finally(() => underWay.delete(sending))
      underWay.add(sending)
    },
    async idle() {
      await Promise.all(underWay)
    },
  }

  async function send(mail: Mail): Promise<void> {
    for (let attempt = 1; attempt <= TRIES_MAX; attempt += 1) {
      try {
        await mailer.send(mail)
        return log.info('mail.sent', { attempt })
      } catch (error) {
        const last = attempt === TRIES_MAX || isPermanent(error)
        log[last ? 'error' : 'warn']('mail.failed', { attempt, error })
        if (last) return
      }
      await sleep(RETRY_BASE_MS * 2 ** (attempt - 1) * (0.5 + Math.random()))
    }
  }
}

function isPermanent(error: unknown): boolean {
  const answer = (error as { responseCode?: unknown } | null)?.responseCode
  return typeof answer === 'number' && answer >= PERMANENT_FROM
}
