import type { InboundUpdate } from '../inbound-update.ts'
import type { BotDeps } from '../visit.ts'

type MoneyUpdate = Extract<InboundUpdate, { kind: 'paid' | 'refunded' | 'subscription' }>

/** Writes down what Telegram tells of Stars; when it resolves, it is committed. Safe to repeat, in any order. */
export async function bookMoney({ payments, announce }: BotDeps, update: MoneyUpdate): Promise<void> {
  const telegramId = update.person.id
  if (update.kind === 'subscription') {
    await payments.noteSubscription({ payload: update.payload, telegramId, state: update.state })
  } else if (update.kind === 'refunded') {
    await payments.bookRefund({ chargeId: update.chargeId, telegramId, ...update.bill })
  } else {
    await payments.bookPayment({
      chargeId: update.chargeId,
      telegramId,
      ...update.bill,
      recurring: update.renewal !== null,
      firstRecurring: update.renewal?.first ?? false,
      expiresAt: update.renewal?.expiresAt ?? null,
      source: 'update',
    })
  }
  announce.wakeDeliveries()
}
