import { Hono } from 'hono'
import { type Fault, isRecord, type TelegramWorld } from '../telegram/index.ts'
import { BadAsk, bodyOf, numberOf, optionalNumber, textOf } from './body.ts'

const FAULT_KINDS = ['429', '500', '502', '504', 'error', 'ok_false', 'html', 'reset', 'hang', 'delay']

/** The strings behind the stage: faults, the log of calls, invoices and charges, the way of updates, files. */
export function controlRoutes(telegram: TelegramWorld): Hono {
  const routes = new Hono()

  routes.get('/faults', (c) => c.json({ faults: telegram.faults.list() }))
  routes.post('/faults', async (c) => c.json({ fault: telegram.faults.add(readFault(await bodyOf(c))) }, 201))
  routes.delete('/faults/:fault?', (c) => {
    const id = c.req.param('fault')
    telegram.faults.clear(id === undefined ? undefined : Number(id))
    return c.json({ ok: true })
  })

  routes.get('/calls', (c) => {
    const { method, chatId, after } = c.req.query()
    const calls = telegram.calls({
      ...(method ? { method } : {}),
      ...(chatId ? { chatId: Number(chatId) } : {}),
      ...(after ? { after: Number(after) } : {}),
    })
    return c.json({ calls })
  })
  routes.delete('/calls', (c) => {
    telegram.forgetCalls()
    return c.json({ ok: true })
  })
  routes.delete('/buckets', (c) => {
    telegram.clearBuckets()
    return c.json({ ok: true })
  })

  routes.get('/updates', (c) => c.json({ pending: telegram.pendingUpdates().map((each) => each.update) }))
  routes.post('/updates', async (c) => {
    const body = await bodyOf(c)
    if (isRecord(body.update))
      return c.json({ update: telegram.pushUpdate(body.update, optionalNumber(body, 'chatId') ?? 0) })
    if (body.duplicate) telegram.duplicateNext(numberOf(body, 'duplicate'), optionalNumber(body, 'copies'))
    if (body.reorder) telegram.reorderNext(numberOf(body, 'reorder'))
    return c.json({ ok: true })
  })

  routes.get('/callbacks/:query', (c) => c.json({ answer: telegram.callbackAnswer(c.req.param('query')) }))
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

function readFault(body: Record<string, unknown>): Fault {
  const kind = String(body.kind)
  if (!FAULT_KINDS.includes(kind)) throw new BadAsk(`kind is one of ${FAULT_KINDS.join(', ')}`)
  return { ...body, kind } as Fault
}
