import { setTimeout as sleep } from 'node:timers/promises'
import { GrammyError } from 'grammy'
import type { Locale } from '#contract/words'
import { findIdentity, readUser } from '#domain/identity'
import type { CheckoutRefusal } from '#domain/payments'
import type { InboundUpdate } from '../inbound-update.ts'
import type { BotDeps } from '../visit.ts'

/** Telegram waits ten seconds (Bot API answerPreCheckoutQuery); the database gets the first of them. */
const CHECK_MAX_MS = 1_000
/** A no is said in the language that the person chose, if that is known soon. */
const LOCALE_MAX_MS = 300
const ANSWER_TIMEOUT_MS = 2_500
const ANSWER_TRIES_MAX = 3
const ANSWER_PAUSE_MS = 200

type CheckoutUpdate = Extract<InboundUpdate, { kind: 'checkout' }>
type Verdict = { ok: true } | { ok: false; reason: CheckoutRefusal | 'unavailable' }

/**
 * Says yes or no to somebody who is about to pay (Bot API pre_checkout_query). Never throws and leaves nothing behind:
 * whatever goes wrong is a no, and costs the person nothing.
 */
export async function answerCheckout(deps: BotDeps, update: CheckoutUpdate): Promise<void> {
  const verdict = await verdictOn(deps, update)
  if (verdict.ok) return giveAnswer(deps, update, null)
  const locale = await within(LOCALE_MAX_MS, chosenLocale(deps, update), update.person.locale)
  await giveAnswer(deps, update, deps.texts.say(locale, `checkout-${verdict.reason.replaceAll('_', '-')}`))
}

async function verdictOn({ payments, log }: BotDeps, { bill, person }: CheckoutUpdate): Promise<Verdict> {
  const unavailable: Verdict = { ok: false, reason: 'unavailable' }
  const checked = payments.checkOrder({ ...bill, telegramId: person.id }).catch((error: unknown) => {
    log.warn('telegram.checkout_unchecked', { error })
    return unavailable
  })
  return within(CHECK_MAX_MS, checked, unavailable)
}

async function chosenLocale({ db }: BotDeps, { person }: CheckoutUpdate): Promise<Locale> {
  try {
    const identity = await findIdentity(db, 'telegram', person.id)
    const user = identity && (await readUser(db, identity.userId))
    return user?.locale ?? person.locale
  } catch {
    return person.locale
  }
}

async function giveAnswer({ api, log }: BotDeps, { queryId }: CheckoutUpdate, refusal: string | null): Promise<void> {
  const said = refusal === null ? {} : { error_message: refusal }
  for (let attempt = 1; ; attempt += 1) {
    try {
      const signal = AbortSignal.timeout(ANSWER_TIMEOUT_MS) as never
      await api.answerPreCheckoutQuery(queryId, refusal === null, said, signal)
      return
    } catch (error) {
      const final = error instanceof GrammyError && error.error_code < 500 && error.error_code !== 429
      if (final || attempt === ANSWER_TRIES_MAX) return log.warn('telegram.checkout_unanswered', { attempt, error })
      await sleep(ANSWER_PAUSE_MS)
    }
  }
}

/** What the work comes to, or `otherwise` when that takes longer. */
async function within<Result>(ms: number, work: Promise<Result>, otherwise: Result): Promise<Result> {
  const { promise: late, resolve } = Promise.withResolvers<Result>()
  const timer = setTimeout(resolve, ms, otherwise)
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
