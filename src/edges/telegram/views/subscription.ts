import { readUser } from '#domain/identity'
import type { Subscription } from '#domain/payments'
import { backTo } from './back-to.ts'
import { bold } from './formatted.ts'
import { paywallOf } from './offers.ts'
import { dayIn } from './time.ts'
import { type ButtonOf, type Looking, label, type ShowView, say, type ViewDeps, viewOf } from './view.ts'

/** What can be bought for Stars, and the subscription that there is. */
export const showSubscription: ShowView = async (deps, at) => {
  const { pieces, rows } = await paywallOf(deps, at)
  const { line, button } = await subscriptionLine(deps, at)
  return viewOf(
    deps,
    at,
    [bold(say(deps, at, 'offers-title')), '\n\n', ...pieces, ...(line ? ['\n\n', line] : [])],
    [...rows, ...(button ? [[button]] : []), [backTo(deps, at, 'credits')]],
  )
}

/** Asks once more before the renewals end. */
export const showStopRenewal: ShowView = async (deps, at) => {
  const subscription = await deps.payments.subscriptionOf(at.userId)
  if (!subscription || !mayRenew(subscription)) return showSubscription(deps, at)
  return viewOf(
    deps,
    at,
    [say(deps, at, 'stop-renewal', await termsOf(deps, at, subscription))],
    [
      [
        { text: label(deps, at, 'renewal-stop-yes'), verb: 'renewal', argument: 'stop' },
        { text: label(deps, at, 'renewal-stop-no'), verb: 'show', argument: 'credits' },
      ],
    ],
  )
}

const mayRenew = ({ state }: Subscription) => state === 'active' || state === 'reopened'

/** How the subscription stands, with what can be done about it; nulls without one. */
export async function subscriptionLine(
  deps: ViewDeps,
  at: Looking,
): Promise<{ line: string | null; button: ButtonOf | null }> {
  const subscription = await deps.payments.subscriptionOf(at.userId)
  if (!subscription) return { line: null, button: null }
  const { state } = subscription
  return {
    line: say(deps, at, `subscription-${state}`, await termsOf(deps, at, subscription)),
    button: renewalButton(deps, at, state),
  }
}

function renewalButton(deps: ViewDeps, at: Looking, state: Subscription['state']): ButtonOf | null {
  switch (state) {
    case 'active':
    case 'reopened':
      return { text: label(deps, at, 'renewal-stop'), verb: 'show', argument: 'stop_renewal' }
    case 'canceled':
      return { text: label(deps, at, 'renewal-resume'), verb: 'renewal', argument: 'resume' }
    case 'failed':
      return null
  }
}

async function termsOf(
  deps: ViewDeps,
  at: Looking,
  { offerId, expiresAt }: Subscription,
): Promise<{ title: string; day: string }> {
  const user = await readUser(deps.db, at.userId)
  // An offer may be gone from the file while its months go on.
  const offer = deps.payments.offers.find(({ id }) => id === offerId)
  const title = offer?.title[at.locale] ?? say(deps, at, 'subscription-name')
  return { title, day: dayIn(new Date(expiresAt), at.locale, user?.timezone ?? null) }
}
