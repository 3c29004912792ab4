import type { RenewalChange } from '#domain/payments'
import { answerLatest } from '#domain/replies'
import type { Press } from './press.ts'

/** What is said when the subscription stays as it is. */
const RENEWAL_ANSWERS: Partial<Record<RenewalChange, string>> = {
  absent: 'answer-renewal-absent',
  refused: 'answer-renewal-refused',
  telegram_away: 'answer-renewal-away',
}

/** Answers what waited for credits; where it cannot, what is missing stands in the message's place. */
export const pressAnswer: Press = async ({ settle }, { userId, argument }) => {
  switch (await answerLatest(settle, userId, argument)) {
    case 'queued':
      return { view: null }
    case 'adult_required':
      return { view: { key: 'adult_required' } }
    case 'insufficient_credits':
      return { view: { key: 'insufficient_credits' }, says: 'answer-insufficient-credits' }
    case 'daily_cap':
      return { view: { key: 'daily_cap' }, says: 'answer-daily-cap' }
    case 'lane_full':
      return { view: { key: 'kept' }, says: 'answer-lane-full' }
    default:
      return { view: null, says: 'answer-nothing-kept' }
  }
}

/** Stops the subscription's renewals, or takes them up again; both may be repeated. */
export const pressRenewal: Press = async ({ payments }, { userId, argument }) => {
  const stops = argument === 'stop'
  const change = stops ? await payments.cancelSubscription(userId) : await payments.resumeSubscription(userId)
  return {
    view: { key: 'credits' },
    says: RENEWAL_ANSWERS[change] ?? (stops ? 'answer-renewal-stopped' : 'answer-renewal-resumed'),
  }
}
