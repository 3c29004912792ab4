import { bookTopUp, clawBack } from '#domain/credits'
import { insertNotice, type Notice } from '#domain/delivery'
import { type KeyRing, messengerOf } from '#domain/identity'
import { createPayments, type Payments, type PaymentsDeps } from '#domain/payments'
import type { Announce } from '#domain/replies'
import { createSupport, type Support } from '#domain/support'
import type { Executor } from '#platform/postgres'
import type { Ground } from './lay-ground.ts'
import { paymentMetrics } from './payment-metrics.ts'

/** Puts payments together with the rooms that it does not know: credits and deliveries. */
export function openPayments(
  { database, log, metrics }: Ground,
  { offers, gateway, announce }: Pick<PaymentsDeps, 'offers' | 'gateway'> & { announce: Announce },
): Payments {
  return createPayments({
    db: database.handle.db,
    checkDb: database.checkout.db,
    offers,
    gateway,
    ledger: { bookTopUp, clawBack },
    tell: (tx, { userId, telegramId }, notice) => tellChat(tx, { userId, address: telegramId }, notice),
    changed(userId) {
      announce.signal(userId, { kind: 'credits.changed' })
      announce.wakeDeliveries()
    },
    log,
    measure: paymentMetrics(metrics, { db: database.handle.db }),
  })
}

/** Requests about payments, whose answers go to the chat. */
export function openSupport(
  { database, vault, log }: Ground,
  { keys, announce }: { keys: KeyRing; announce: Announce },
): Support {
  return createSupport({
    db: database.handle.db,
    vault,
    keys,
    tell: (tx, { requestId, ...to }) => tellChat(tx, to, { key: 'support_answered', args: { requestId } }),
    owed: announce.wakeDeliveries,
    onDamage: ({ table, id, userId }) => log.error('vault.damaged', { reason: table, rowId: id, userId }),
  })
}

/** The chat may be somebody else's by now, or closed to the bot: then nothing is owed there. */
async function tellChat(tx: Executor, to: { userId: string; address: string }, notice: Notice): Promise<void> {
  const telegram = await messengerOf(tx, to.userId, 'telegram')
  if (telegram?.externalId !== to.address || telegram.reachability !== 'reachable') return
  await insertNotice(tx, { ...to, channel: 'telegram', notice })
}

/** Owes a notice to the person's chat, when the bot reaches it. */
export async function tellReachable(tx: Executor, userId: string, notice: Notice): Promise<void> {
  const telegram = await messengerOf(tx, userId, 'telegram')
  if (telegram) await tellChat(tx, { userId, address: telegram.externalId }, notice)
}
