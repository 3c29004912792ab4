import { type Charge, STARS } from '../payments.ts'
import { badRequest } from '../refusal.ts'
import { chatOf, type World } from '../world.ts'
import { postMessage } from './post-message.ts'

/** Gives the Stars back, whoever asked for it: the bot, or Telegram after a charge-back. A second time is refused. */
export function refundCharge(world: World, chargeId: string, personId?: number): Charge {
  const charge = world.payments.charges.get(chargeId)
  if (!charge || (personId !== undefined && charge.person.id !== personId)) throw badRequest('CHARGE_ID_INVALID')
  if (charge.refunded) throw badRequest('CHARGE_ALREADY_REFUNDED')
  world.payments.addRefund(charge, world.nowSeconds())
  const message = postMessage(world, chatOf(world, charge.person.id), 'person', {
    refunded_payment: {
      currency: STARS,
      total_amount: charge.invoice.stars,
      invoice_payload: charge.invoice.payload,
      telegram_payment_charge_id: charge.id,
    },
  })
  world.updates.push({ message: message.wire }, charge.person.id)
  return charge
}
