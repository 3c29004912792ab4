import type { Price } from '#contract/api'
import { CREDIT_TYPES } from '#contract/words'
import { activeConversation } from '#domain/conversations'
import { balanceOf } from '#domain/credits'
import { currentPrice } from '#domain/personas'
import { backTo } from './back-to.ts'
import { bold } from './formatted.ts'
import { talkOf } from './talk-of.ts'
import { type Looking, label, type ShowView, say, type ViewDeps, viewOf } from './view.ts'

/** What there is, and what a reply costs now. */
export const showCredits: ShowView = async (deps, at) => {
  const [{ available }, conversation] = await Promise.all([
    balanceOf(deps.db, at.userId),
    activeConversation(deps.db, at.userId),
  ])
  const balances = CREDIT_TYPES.map((type) => `\n${amountInWords(deps, at, { type, amount: available[type] })}`)
  const price = conversation && amountInWords(deps, at, await currentPrice(deps.db, conversation.personaId))
  const cost =
    conversation && price
      ? ['\n\n', say(deps, at, 'credits-price', { name: talkOf(deps, at, conversation).name, price })]
      : []
  return viewOf(
    deps,
    at,
    [bold(say(deps, at, 'credits')), ...balances, ...cost, '\n\n', say(deps, at, 'credits-shared')],
    [
      [{ text: label(deps, at, 'subscription'), verb: 'show', argument: 'subscription' }],
      [{ text: label(deps, at, 'credits-history'), opens: '/credits' }],
      [backTo(deps, at, 'main')],
    ],
  )
}

/** The place where packs and the subscription will be. */
export const showSubscription: ShowView = async (deps, at) =>
  viewOf(
    deps,
    at,
    [bold(label(deps, at, 'subscription')), '\n\n', say(deps, at, 'subscription')],
    [[backTo(deps, at, 'credits')]],
  )

/** The message waits; how to come to credits stands in the Mini App. */
export const showOutOfCredits: ShowView = async (deps, at) =>
  viewOf(
    deps,
    at,
    [say(deps, at, 'insufficient-credits')],
    [[{ text: label(deps, at, 'open-credits'), opens: '/credits' }]],
  )

function amountInWords(deps: ViewDeps, at: Looking, { type, amount }: Price): string {
  return say(deps, at, `amount-${type}`, { count: amount })
}
