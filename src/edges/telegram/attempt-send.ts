import type { SendOutcome } from '#domain/delivery'
import type { Log } from '#platform/log'
import { classifyError } from './classify-error.ts'
import type { OutageProbe } from './outage-probe.ts'
import { sentAs } from './sent-as.ts'

/** Makes one call that sends something to this chat, and says how it ended; never throws. */
export type AttemptSend = (address: string, call: () => Promise<unknown>) => Promise<SendOutcome>

export function createAttemptSend({ outage, log }: { outage: OutageProbe; log: Log }): AttemptSend {
  return async (address, call) => {
    try {
      const externalId = sentAs(address, await call())
      if (externalId === null) log.warn('telegram.sent_without_id')
      outage.answered()
      return { kind: 'sent', externalId }
    } catch (error) {
      return judge(error)
    }
  }

  /** A gateway's error may be one call's bad luck or all of Telegram being away; then waiting costs no attempts. */
  async function judge(error: unknown): Promise<SendOutcome> {
    const { outcome, reason, suspectsAway } = classifyError(error)
    if (outcome.kind === 'refused' || reason === 'our_bug') log.error('telegram.send_refused', { reason, error })
    if (!suspectsAway) return outcome
    const looking = outage.suspect()
    // What may have arrived is written down as that at once, whatever the look finds.
    return outcome.kind === 'retry' && (await looking) ? { ...outcome, waiting: true } : outcome
  }
}
