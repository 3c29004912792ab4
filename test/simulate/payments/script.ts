import type { Random } from '../random.ts'

/** What one payment is for. A renewal without a subscription begins one. */
type Wish = 'pack-small' | 'pack-medium' | 'pack-cassandra' | 'monthly'

/** What becomes of what Telegram tells of it. */
type Way = 'plainly' | 'three times' | 'not at all'

/** Whether and how its Stars go back. `before`: the refund is told before the payment. */
type Refund = 'none' | 'charge-back' | 'before' | 'by an operator'

export interface Purchase {
  wish: Wish
  way: Way
  refund: Refund
  /** The refund of a charge-back is never told either. */
  refundLost: boolean
  /** Who is subscribed stops it, or takes it up again. */
  changesRenewal: boolean
}

/** More than one that nobody asked for, and payments would be held. */
const CHARGE_BACKS_EACH_MAX = 1

const WISHES: readonly Wish[] = ['pack-small', 'pack-small', 'pack-medium', 'pack-cassandra', 'monthly', 'monthly']
const SHARES = { lost: 0.1, thrice: 0.25, chargeBack: 0.08, operator: 0.06, refundLost: 0.2, renewal: 0.1 }

/** What one person buys, one thing after the other. */
export function writePurchases(random: Random, count: number): Purchase[] {
  let chargeBacks = 0
  return Array.from({ length: count }, () => {
    const may = chargeBacks < CHARGE_BACKS_EACH_MAX && random.chance(SHARES.chargeBack)
    if (may) chargeBacks += 1
    const asked = random.chance(SHARES.operator)
    const early = random.chance(0.5)
    const refund: Refund = may ? (early ? 'before' : 'charge-back') : asked ? 'by an operator' : 'none'
    return {
      wish: random.pick(WISHES),
      way: wayOf(random, refund),
      refund,
      refundLost: refund === 'charge-back' && random.chance(SHARES.refundLost),
      changesRenewal: random.chance(SHARES.renewal),
    }
  })
}

function wayOf(random: Random, refund: Refund): Way {
  const lost = random.chance(SHARES.lost)
  const thrice = random.chance(SHARES.thrice)
  // What never comes cannot come late.
  if (lost && refund !== 'before') return 'not at all'
  return thrice ? 'three times' : 'plainly'
}
