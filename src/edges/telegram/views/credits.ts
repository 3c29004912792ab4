import type { Price } from '#contract/api'
import { CREDIT_TYPES } from '#contract/words'
import { activeConversation } from '#domain/conversations'
import { balanceOf } from '#domain/credits'
import { currentPrice } from '#domain/personas'
import { creditsInWords } from './amounts.ts'
import { backTo } from './back-to.ts'
import { bold } from './formatted.ts'
import { subscriptionLine } from './subscription.ts'
import { talkOf } from './talk-of.ts'
import { type Looking, label, type ShowView, say, type ViewDeps, viewOf } from './view.ts'

/** What there is and what is owed, what a reply costs now, and how the subscription stands. */
export const showCredits: ShowView = async (deps, at) => {
  const [{ available }, cost, debt, subscription] = await Promise.all([
    balanceOf(deps.db, at.userId),
    costLine(deps, at),
    debtLine(deps, at),
    subscriptionLine(deps, at),
  ])
  const balances = CREDIT_TYPES.map((type) => `\n${amountInWords(deps, at, { type, amount: available[type] })}`)
  const lines = [cost, debt, subscription.line, say(deps, at, 'credits-shared')]
  return viewOf(
    deps,
    at,
    [bold(say(deps, at, 'credits')), ...balances, ...lines.flatMap((line) => (line === null ? [] : ['\n\n', line]))],
    [
      [{ text: label(deps, at, 'subscription'), verb: 'show', argument: 'subscription' }],
      ...(subscription.button ? [[subscription.button]] : []),
      [{ text: label(deps, at, 'credits-history'), opens: '/credits' }],
      [backTo(deps, at, 'main')],
    ],
  )
}

/** What one reply of the present companion costs; null without one. */
export async function costLine(deps: ViewDeps, at: Looking): Promise<string | null> {
  const conversation = await activeConversation(deps.db, at.userId)
  if (!conversation) return null
  const price = amountInWords(deps, at, await currentPrice(deps.db, conversation.personaId))
  return say(deps, at, 'credits-price', { name: talkOf(deps, at, conversation).name, price })
}

/** What is owed for refunded purchases, and what becomes of it; null when nothing is. */
export async function debtLine(deps: ViewDeps, at: Looking): Promise<string | null> {
  const { debt } = await balanceOf(deps.db, at.userId)
  const owed = creditsInWords(deps, at, debt)
  return owed === '' ? null : say(deps, at, 'debt', { credits: owed })
}

export function amountInWords(deps: ViewDeps, at: Looking, { type, amount }: Price): string {
  return say(deps, at, `amount-${type}`, { count: amount })
}
