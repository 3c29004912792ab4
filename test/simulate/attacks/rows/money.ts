import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { waitFor } from '../../../harness/wait-for.ts'
import { botPerson } from '../../../journeys/bot-steps.ts'
import { askInvoice, payNow, pushMoney, spendAll } from '../../../journeys/pay-steps.ts'
import type { Row } from '../row.ts'
import type { Scene } from '../scene.ts'

const PACK = (text: string) => text.startsWith('100 ')
const PAID = { currency: 'XTR', total_amount: 150, provider_payment_charge_id: 'x' }

/** What was not booked, and why. */
async function parkedAs(scene: Scene, chargeId: string): Promise<string> {
  const { db } = scene.world.database
  const { rows } = await sql<{
    kind: string
  }>`SELECT kind FROM payment_differences WHERE charge_id = ${chargeId}`.execute(db)
  return rows[0]?.kind ?? ''
}

export const moneyRows: Row[] = [
  {
    id: 'A51',
    title: 'payments that were none',
    async attack(scene, tries, random) {
      const [buyer, other] = [await botPerson(scene.world, scene.scope), await botPerson(scene.world, scene.scope)]
      const url = await askInvoice(buyer.bot, PACK)
      const payload = scene.world.sandbox.telegram.invoice(url)?.payload ?? ''
      const before = [(await buyer.app.me()).credits, (await other.app.me()).credits]
      const told = { ...PAID, invoice_payload: payload, telegram_payment_charge_id: randomUUID() }
      const body = JSON.stringify({ update_id: 1, message: { successful_payment: told } })
      const headers = ['Content-Type', 'application/json', 'X-Forwarded-For', scene.address()]
      tries.says(
        'without the secret',
        await scene.raw.send({ method: 'POST', path: '/telegram/webhook', headers, body }),
        '401',
      )
      for (const [kind, payer, change] of random.shuffle<[string, number, object]>([
        ['wrong_sum', buyer.id, { total_amount: 1 + random.int(100) }],
        ['wrong_currency', buyer.id, { currency: random.pick(['USD', 'RUB', 'xtr']) }],
        ['unknown_order', buyer.id, { invoice_payload: randomUUID() }],
        ['wrong_person', other.id, {}],
      ])) {
        const chargeId = `forged-${randomUUID()}`
        pushMoney(scene.world, payer, {
          successful_payment: { ...told, telegram_payment_charge_id: chargeId, ...change },
        })
        const parked = await waitFor(() => parkedAs(scene, chargeId), { what: kind })
        tries.judge(kind, `parked as ${parked}`, parked === kind)
      }
      tries.stays('credits of both', before, [(await buyer.app.me()).credits, (await other.app.me()).credits])
    },
  },
  {
    id: 'A52',
    title: 'an invoice of another, an old one, one paid twice',
    async attack(scene, tries) {
      const [buyer, other] = [await botPerson(scene.world, scene.scope), await botPerson(scene.world, scene.scope)]
      const { telegram } = scene.world.sandbox
      const url = await askInvoice(buyer.bot, PACK)
      const refusal = (paid: Awaited<ReturnType<typeof telegram.pay>>) => (paid.status === 'failed' ? paid.reason : '')
      const foreign = refusal(await telegram.pay(other.id, url))
      tries.judge('paid by another', foreign, foreign.startsWith('Этот счёт выписан другому'))
      await payNow(scene.world, buyer.id, url)
      const whole = await waitFor(async () =>
        (await buyer.app.me()).credits.basic >= 100 ? (await buyer.app.me()).credits : null,
      )
      const twice = refusal(await telegram.pay(buyer.id, url))
      tries.judge('paid twice', twice, twice.startsWith('Этот счёт уже оплачен'))
      const late = await askInvoice(buyer.bot, PACK)
      await sql`UPDATE orders SET expires_at = now() - interval '1 minute' WHERE user_id = ${buyer.userId}`.execute(
        scene.world.database.db,
      )
      const old = refusal(await telegram.pay(buyer.id, late))
      tries.judge('an old one', old, old !== '')
      tries.stays('credits', whole, (await buyer.app.me()).credits)
    },
  },
  {
    id: 'A53',
    title: 'spend, then take the Stars back',
    async attack(scene, tries) {
      const buyer = await botPerson(scene.world, scene.scope)
      const charge = await payNow(scene.world, buyer.id, await askInvoice(buyer.bot, PACK))
      await waitFor(async () => (await buyer.app.me()).credits.basic >= 100)
      await buyer.app.startConversation('arina')
      await spendAll(scene.world, buyer.userId)
      scene.world.sandbox.telegram.refund(charge.id)
      const owed = async () => {
        const { rows } = await sql<{
          debt: number
        }>`SELECT coalesce(sum(debt), 0)::integer AS debt FROM credit_balances WHERE user_id = ${buyer.userId}`.execute(
          scene.world.database.db,
        )
        return rows[0]?.debt ?? 0
      }
      const debt = await waitFor(owed, { what: 'a debt' })
      tries.judge('what is owed after it', String(debt), debt === 100)
      tries.says('a question in debt', await buyer.app.post('ещё'), '402 insufficient_credits')
    },
  },
]
