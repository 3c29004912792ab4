import { Hono } from 'hono'
import type { InitDataOptions, Person, TelegramWorld } from '../telegram/index.ts'
import { bodyOf, numberOf, personIdOf, textOf } from './body.ts'
import { chatView } from './chat-view.ts'

/** What is done as a person other than writing: moving in, pressing, paying, blocking, proving who one is. */
export function peopleRoutes(telegram: TelegramWorld): Hono {
  const routes = new Hono()
  const deeds: Record<string, (personId: number) => unknown> = {
    block: telegram.block,
    unblock: telegram.unblock,
    deactivate: telegram.deactivate,
    reactivate: telegram.reactivate,
    stop: telegram.stopDraft,
    'write-access': telegram.grantWriteAccess,
  }

  routes.get('/', (c) => c.json({ people: telegram.people() }))
  routes.post('/', async (c) => c.json({ person: telegram.addPerson((await bodyOf(c)) as Partial<Person>) }, 201))
  routes.get('/:id/chat', (c) => c.json(chatView(telegram, personIdOf(c), c.req.query())))

  routes.post('/:id/press', async (c) => {
    const body = await bodyOf(c)
    return c.json(telegram.press(personIdOf(c), numberOf(body, 'messageId'), body))
  })

  routes.post('/:id/pay', async (c) => {
    const body = await bodyOf(c)
    const slug = body.messageId ? telegram.invoiceOfMessage(numberOf(body, 'messageId'))?.slug : textOf(body, 'slug')
    const result = await telegram.pay(personIdOf(c), slug ?? '')
    if (result.status === 'failed') return c.json(result)
    return c.json({ status: result.status, chargeId: result.charge.id })
  })

  routes.post('/:id/init-data', async (c) =>
    c.json({ initData: telegram.initData(personIdOf(c), (await bodyOf(c)) as InitDataOptions) }),
  )
  routes.post('/:id/widget', async (c) => c.json(telegram.widget(personIdOf(c), await bodyOf(c))))

  routes.post('/:id/:deed', (c) => {
    const deed = deeds[c.req.param('deed')]
    if (!deed) return c.json({ error: `nobody can ${c.req.param('deed')}` }, 404)
    deed(personIdOf(c))
    return c.json({ ok: true })
  })
  return routes
}
