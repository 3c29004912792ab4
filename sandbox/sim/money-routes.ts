import { Hono } from 'hono'
import type { TelegramWorld } from '../telegram/index.ts'
import { BadAsk, bodyOf, textOf } from './body.ts'

/** Invoices, charges, subscriptions; and the files of this world. */
export function moneyRoutes(telegram: TelegramWorld): Hono {
  const routes = new Hono()

  routes.get('/invoices/:slug', (c) => c.json({ invoice: telegram.invoice(c.req.param('slug')) }))
  routes.get('/messages/:message/invoice', (c) =>
    c.json({ invoice: telegram.invoiceOfMessage(Number(c.req.param('message'))) }),
  )
  routes.get('/charges', (c) => c.json({ charges: telegram.charges() }))
  routes.post('/charges/:charge/refund', (c) => c.json({ charge: telegram.refund(c.req.param('charge')) }))
  routes.post('/charges/:charge/renew', (c) => c.json({ charge: telegram.renew(c.req.param('charge')) }))
  routes.post('/charges/:charge/subscription', async (c) => {
    const state = textOf(await bodyOf(c), 'state')
    if (state !== 'canceled' && state !== 'active' && state !== 'failed')
      throw new BadAsk('state is canceled, active or failed')
    telegram.changeSubscription(c.req.param('charge'), state)
    return c.json({ ok: true })
  })

  routes.get('/files/:file', (c) => {
    const file = telegram.file(c.req.param('file'))
    if (file?.url) return c.redirect(file.url)
    if (!file?.bytes) return c.json({ error: 'no such file' }, 404)
    return c.body(Buffer.from(file.bytes), 200, { 'content-type': file.mimeType })
  })
  return routes
}
