import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import type { LedgerEntry, Offer, Problem, Receipt, Subscription } from '#contract/api'
import { granted, Person } from '#test/people'
import type { Scope } from '#test/scope'
import { waitFor } from '#test/wait-for'
import { startWorld } from '#test/world'

const WELCOME = { basic: 3, pro: 0, cassandra: 0 }
const NO_CREDITS = { basic: 0, pro: 0, cassandra: 0 }

const world = await startWorld(undefined, {
  env: { WELCOME_CREDITS_TELEGRAM: 'basic:3', WELCOME_CREDITS_WEB: 'basic:1' },
})
const { telegram, model } = world.sandbox
model.control({ text: 'Здесь.' })

test('what can be bought is the same for everybody, in their own language', async (t) => {
  const person = await arrive(t)
  const russian = await offersOf(person)
  assert.ok(russian.some(({ kind }) => kind === 'pack'))
  assert.ok(russian.some(({ kind }) => kind === 'subscription'))
  assert.ok(russian.every(({ stars, credits }) => stars > 0 && Object.keys(credits).length > 0))
  await change(person, { locale: 'en' })
  const english = await offersOf(person)
  assert.deepEqual(
    english.map(({ id, stars }) => [id, stars]),
    russian.map(({ id, stars }) => [id, stars]),
  )
  assert.notEqual(english[0]?.title, russian[0]?.title)
})

test('a pack paid in Telegram is on the balance once, told to open pages, and found in the history', async (t) => {
  const person = await arrive(t)
  const pack = await offer(person, 'pack')
  const page = await person.watch()
  assert.equal((await telegram.pay(person.telegramId, await invoice(person, pack))).status, 'paid')
  const wanted = WELCOME.basic + (pack.credits.basic ?? 0)
  await page.next('credits', ({ basic }) => basic === wanted)
  assert.equal((await person.me()).credits.basic, wanted)
  const [bought] = await entriesOf(person)
  assert.deepEqual([bought?.reason, bought?.amount, bought?.messageId], ['purchase', pack.credits.basic, null])
})

test('an invoice is for one person: somebody else cannot pay it', async (t) => {
  const person = await arrive(t)
  const other = await arrive(t)
  const url = await invoice(person, await offer(person, 'pack'))
  const { status } = await telegram.pay(other.telegramId, url)
  assert.equal(status, 'failed')
  assert.deepEqual([(await person.me()).credits, (await other.me()).credits], [WELCOME, WELCOME])
})

test('who has no Telegram is asked to connect it, and an unknown offer is none', async (t) => {
  const person = new Person(world.vitte.url, t)
  await person.signInByMail(world.sandbox, 'buyer@example.org')
  const { id } = await offer(person, 'pack')
  assert.deepEqual(await refusalOf(person, '/api/payments/invoices', { offerId: id }), [409, 'telegram_required'])
  const linked = await arrive(t)
  assert.deepEqual(await refusalOf(linked, '/api/payments/invoices', { offerId: 'none' }), [404, 'offer_unknown'])
  assert.deepEqual(await refusalOf(linked, '/api/payments/invoices', { offerId: 1 }), [422, 'invalid_input'])
})

test('without credits the answer is 402 with the offers, also for a question asked again', async (t) => {
  const person = await arrive(t)
  for (let left = WELCOME.basic; left > 0; left -= 1) await person.talk(`осталось ${left}`)
  const { status, body } = await person.post('ещё')
  const problem = body as unknown as Problem
  assert.deepEqual([status, problem.code], [402, 'insufficient_credits'])
  assert.deepEqual(problem.offers, await offersOf(person))
  assert.deepEqual((await person.me()).low, ['basic'])
  await telegram.pay(person.telegramId, await invoice(person, await offer(person, 'pack')))
  await waitFor(async () => (await person.me()).credits.basic > 0, { what: 'the purchase' })
  assert.deepEqual((await person.me()).low, [], 'forgotten when more comes')
  await person.talk('ещё')
})

test('a line of the balance leads to its message, and the turn has a receipt', async (t) => {
  const person = await arrive(t)
  const { turnId, message } = await person.ask('Сколько это стоит?')
  await waitFor(async () => (await receiptOf(person, turnId)).state === 'paid', { what: 'the receipt' })
  assert.partialDeepStrictEqual(await receiptOf(person, turnId), { turnId, type: 'basic', amount: 1 })
  const [line] = await entriesOf(person)
  assert.partialDeepStrictEqual(line, { turnId, messageId: message.id, amount: -1, debt: 0, persona: { id: 'arina' } })
  const stranger = await arrive(t)
  assert.equal((await stranger.client.call(`/api/turns/${turnId}/receipt`)).status, 404)
  assert.equal((await person.client.call(`/api/turns/${randomUUID()}/receipt`)).status, 404)
})

test('a subscription is stopped, taken up again, and each of it may be asked twice', async (t) => {
  const person = await arrive(t)
  assert.equal(await subscriptionOf(person), null)
  assert.deepEqual(await refusalOf(person, '/api/subscription', undefined, 'DELETE'), [404, 'no_subscription'])
  const monthly = await offer(person, 'subscription')
  const paid = await telegram.pay(person.telegramId, await invoice(person, monthly))
  if (paid.status !== 'paid') throw new Error(paid.reason)
  const begun = await waitFor(() => subscriptionOf(person), { what: 'the subscription' })
  assert.partialDeepStrictEqual(begun, {
    offerId: monthly.id,
    title: monthly.title,
    state: 'active',
    stars: monthly.stars,
  })
  assert.deepEqual(await refusalOf(person, '/api/payments/invoices', { offerId: monthly.id }), [
    409,
    'already_subscribed',
  ])
  for (const _ of ['once', 'twice']) {
    const stopped = granted(
      await person.client.call<{ subscription: Subscription }>('/api/subscription', { method: 'DELETE' }),
    )
    assert.equal(stopped.subscription.state, 'canceled')
    assert.equal(stopped.subscription.expiresAt, begun.expiresAt, 'what is paid lasts')
  }
  for (const _ of ['once', 'twice']) {
    const resumed = granted(
      await person.client.call<{ subscription: Subscription }>('/api/subscription/resume', { method: 'POST' }),
    )
    assert.equal(resumed.subscription.state, 'reopened')
  }
  telegram.changeSubscription(paid.charge.id, 'active')
  await waitFor(async () => (await subscriptionOf(person))?.state === 'active', { what: 'taken up again in Telegram' })
  assert.equal((await entriesOf(person))[0]?.reason, 'subscription')
})

test('what was spent and then refunded is owed, said so, and paid first by the next purchase', async (t) => {
  const person = await arrive(t)
  const pack = await offer(person, 'pack')
  const brought = pack.credits.basic ?? 0
  const paid = await telegram.pay(person.telegramId, await invoice(person, pack))
  if (paid.status !== 'paid') throw new Error(paid.reason)
  await waitFor(async () => (await person.me()).credits.basic === WELCOME.basic + brought, { what: 'the purchase' })
  for (let count = 0; count < WELCOME.basic + 2; count += 1) await person.talk(`трачу ${count}`)
  telegram.refund(paid.charge.id)
  const owing = await waitFor(async () => ((await person.me()).debt.basic > 0 ? person.me() : null), {
    what: 'the debt',
  })
  assert.deepEqual([owing.credits.basic, owing.debt.basic], [0, 2])
  assert.equal((await person.post('в долг')).status, 402)
  assert.deepEqual(
    (await entriesOf(person)).slice(0, 2).map(({ reason, amount, debt }) => [reason, amount, debt]),
    [
      ['claw_back', 0, 2],
      ['claw_back', 2 - brought, 0],
    ],
  )
  await telegram.pay(person.telegramId, await invoice(person, pack))
  await waitFor(async () => (await person.me()).credits.basic === brought - 2, {
    what: 'the rest of the next purchase',
  })
  assert.deepEqual((await person.me()).debt, NO_CREDITS)
  assert.deepEqual(
    (await entriesOf(person)).slice(0, 2).map(({ reason, amount, debt }) => [reason, amount, debt]),
    [
      ['purchase', brought - 2, 0],
      ['debt_paid', 0, -2],
    ],
  )
})

test('the limit that somebody sets for a day stops them there, and not once it is gone', async (t) => {
  const person = await arrive(t)
  assert.equal((await person.me()).user.dailyCap, null)
  for (const dailyCap of [0, -1, 1.5, 100_001, '5']) {
    assert.equal((await change(person, { dailyCap })).status, 422, `${dailyCap}`)
  }
  await change(person, { dailyCap: 1 })
  await change(person, { locale: 'ru' })
  assert.equal((await person.me()).user.dailyCap, 1, 'another change leaves it')
  await person.talk('Первый')
  const { status, body } = await person.post('Второй')
  const problem = body as unknown as Problem
  assert.deepEqual([status, problem.code, problem.offers?.length !== 0], [402, 'daily_cap_reached', true])
  await change(person, { dailyCap: null })
  await person.talk('Второй')
})

type Buyer = Person & { telegramId: number }

/** Somebody new in Telegram, in the Mini App, in a talk with Arina. */
async function arrive(scope: Scope): Promise<Buyer> {
  const { id: telegramId } = telegram.addPerson({ languageCode: 'ru' })
  const person = Object.assign(new Person(world.vitte.url, scope), { telegramId })
  await person.openMiniApp(world.sandbox, telegramId)
  await person.confirmAdult()
  await person.startConversation('arina')
  return person
}

function change(person: Person, body: object) {
  return person.client.call('/api/me', { method: 'PATCH', body })
}

async function offersOf(person: Person): Promise<Offer[]> {
  return granted(await person.client.call<{ offers: Offer[] }>('/api/offers')).offers
}

async function offer(person: Person, kind: Offer['kind']): Promise<Offer> {
  const found = (await offersOf(person)).find((each) => each.kind === kind && each.credits.basic)
  if (!found) throw new Error(`no ${kind} is on sale`)
  return found
}

async function invoice(person: Person, { id: offerId }: Offer): Promise<string> {
  const answer = await person.client.call<{ invoiceUrl: string }>('/api/payments/invoices', { body: { offerId } })
  return granted(answer, 201).invoiceUrl
}

async function entriesOf(person: Person): Promise<LedgerEntry[]> {
  return granted(await person.client.call<{ entries: LedgerEntry[] }>('/api/credits/entries')).entries
}

async function receiptOf(person: Person, turnId: string): Promise<Receipt> {
  return granted(await person.client.call<{ receipt: Receipt }>(`/api/turns/${turnId}/receipt`)).receipt
}

async function subscriptionOf(person: Person): Promise<Subscription | null> {
  return granted(await person.client.call<{ subscription: Subscription | null }>('/api/subscription')).subscription
}

async function refusalOf(person: Person, path: string, body?: object, method = 'POST'): Promise<[number, string]> {
  const answer = await person.client.call<Problem>(path, { method, ...(body ? { body } : {}) })
  return [answer.status, answer.body.code]
}
