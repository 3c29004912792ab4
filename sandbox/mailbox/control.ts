import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'

const controlPatch = z.strictObject({
  /** How many of the next mails are refused. */
  refuse: z.number().int().min(0).optional(),
  /** The SMTP answer of a refusal: 421 and 451 ask to try later, 550 means never. */
  refuseCode: z.number().int().min(400).max(599).optional(),
  refuseAt: z.enum(['connection', 'recipient', 'data']).optional(),
  /** How many of the next mails are taken late. */
  delay: z.number().int().min(0).optional(),
  delayMs: z.number().min(0).optional(),
})
export type MailControlPatch = z.input<typeof controlPatch>
export type MailControl = Required<z.infer<typeof controlPatch>>

const FRESH: MailControl = { refuse: 0, refuseCode: 550, refuseAt: 'recipient', delay: 0, delayMs: 1000 }

/** Faults on demand for the mail server. */
export function createMailFaults() {
  const control = { ...FRESH }
  return {
    change(patch: MailControlPatch = {}): MailControl {
      return { ...Object.assign(control, controlPatch.parse(patch)) }
    },
    /** The error to answer with at this moment of the dialogue, or null. */
    refusal(moment: MailControl['refuseAt']): Error | null {
      if (control.refuse === 0 || control.refuseAt !== moment) return null
      control.refuse -= 1
      const { refuseCode: responseCode } = control
      return Object.assign(new Error(responseCode < 500 ? 'Try again later' : 'No such mailbox here'), { responseCode })
    },
    /** Waits if this mail is to be late. */
    async lateness(signal: AbortSignal): Promise<void> {
      if (control.delay === 0) return
      control.delay -= 1
      await wait(control.delayMs, undefined, { signal }).catch(() => undefined)
    },
  }
}

export type MailFaults = ReturnType<typeof createMailFaults>
