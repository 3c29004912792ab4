import { CREDIT_TYPES } from '#contract/words'
import { creditsInWords } from './amounts.ts'
import { amountInWords, debtLine } from './credits.ts'
import { answerRow } from './kept.ts'
import { subscriptionLine } from './subscription.ts'
import { type Looking, label, type ShowView, say, type ViewDeps, viewOf } from './view.ts'

/** Stars came, and with them these credits (`basic`, `pro`, `cassandra`; `debtPaid` of them for what was owed); what waits can be answered. */
export const showPaymentReceived: ShowView = async (deps, at) => {
  const answer = await answerRow(deps, at)
  const debt = await debtLine(deps, at)
  const key = Number(at.args.debtPaid) > 0 ? 'payment-received-debt' : 'payment-received'
  const lines = [say(deps, at, key, { credits: namedCredits(deps, at) }), debt]
  if (answer.length > 0) lines.push(say(deps, at, 'kept'))
  return viewOf(deps, at, [joined(lines)], [answer])
}

/** Stars went back, and with them what they had brought; what was spent already is owed. */
export const showPaymentRefunded: ShowView = async (deps, at) => {
  const lines = [say(deps, at, 'payment-refunded', { credits: namedCredits(deps, at) }), await debtLine(deps, at)]
  return viewOf(deps, at, [joined(lines)])
}

/** The next month could not be paid. */
export const showSubscriptionFailed: ShowView = async (deps, at) => {
  const { line } = await subscriptionLine(deps, at)
  if (line === null) return null
  return viewOf(deps, at, [line], [[{ text: label(deps, at, 'subscription'), verb: 'show', argument: 'subscription' }]])
}

/** Few replies are left (`type`, `left`); said once until more comes. */
export const showLowBalance: ShowView = async (deps, at) => {
  const type = CREDIT_TYPES.find((known) => known === at.args.type)
  if (!type) return null
  const amount = amountInWords(deps, at, { type, amount: Number(at.args.left) || 0 })
  return viewOf(
    deps,
    at,
    [say(deps, at, 'low-balance', { amount })],
    [[{ text: label(deps, at, 'subscription'), verb: 'show', argument: 'subscription' }]],
  )
}

function namedCredits(deps: ViewDeps, at: Looking): string {
  const named = CREDIT_TYPES.map((type) => [type, Number(at.args[type]) || 0])
  return creditsInWords(deps, at, Object.fromEntries(named))
}

function joined(lines: readonly (string | null)[]): string {
  return lines.filter((line) => line !== null).join('\n\n')
}
