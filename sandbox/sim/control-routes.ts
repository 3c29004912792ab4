import { Hono } from 'hono'
import { type Fault, isRecord, type TelegramWorld } from '../telegram/index.ts'
import { BadAsk, bodyOf, numberOf, optionalNumber } from './body.ts'

const FAULT_KINDS = [
  '429',
  '500',
  '502',
  '504',
  'error',
  'ok_false',
  'html',
  'half',
  'result',
  'reset',
  'hang',
  'delay',
]

/** The strings behind the stage: faults, the log of calls, the way of updates. */
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
  return routes
}

function readFault(body: Record<string, unknown>): Fault {
  const kind = String(body.kind)
  if (!FAULT_KINDS.includes(kind)) throw new BadAsk(`kind is one of ${FAULT_KINDS.join(', ')}`)
  return { ...body, kind } as Fault
}
