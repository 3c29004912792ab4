import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { waitFor } from '#test/wait-for'
import { startWorld } from '#test/world'
import { buttonsOf, textOf } from './bot-chat.ts'
import { botPerson, botTalker } from './bot-steps.ts'
import { askInvoice, invoiceBehind, payNow, pushMoney, spendAll } from './pay-steps.ts'

const world = await startWorld()
const { telegram, model } = world.sandbox
model.control({ mode: 'echo' })
const HUNDRED = (text: string) => text.startsWith('100 ')
const PARKED_PAYMENT = { currency: 'XTR', total_amount: 150, provider_payment_charge_id: 'x' }

const differences = async (chargeId: string) =>
  (
    await sql<{ kind: string }>`SELECT kind FROM payment_differences WHERE charge_id = ${chargeId}`.execute(
      world.database.db,
    )
  ).rows.map(({ kind }) => kind)

test('out of credits the message is kept, said once, paid for, and answered by "Ответить"', async (t) => {
  const { id, bot, app, userId } = await botTalker(world, t)
  await spendAll(world, userId)
  for (const text of ['раз', 'два', 'три']) bot.send(text)
  const wall = await bot.bearing(HUNDRED)
  assert.match(textOf(wall), /^На ответ не хватает кредитов. Сообщение сохранено и подождёт. Арина: один ответ стоит 1/)
  assert.match(textOf(wall), /100 кредитов: 150 звёзд, на баланс придёт 100 обычных кредитов\./)
  assert.ok(buttonsOf(wall).some((text) => text.endsWith('⭐ в месяц')))
  telegram.duplicateNext(1, 2)
  await payNow(world, id, await invoiceBehind(bot, HUNDRED))
  await bot.bearing((text) => text === 'Ответить')
  assert.equal((await app.me()).credits.basic, 100)
  assert.equal(bot.texts().filter((text) => text.includes('не хватает')).length, 1, 'said at most once a minute')
  await bot.tap('Ответить')
  await bot.hears((text) => text === 'три')
  assert.equal((await app.me()).credits.basic, 99)
  assert.equal(bot.texts().filter((text) => text.startsWith('Спасибо, звёзды пришли')).length, 1)
  assert.ok(!bot.texts().includes('раз') && !bot.texts().includes('два'), 'only the latest is answered')
})

test('a notice that comes three times credits once', async (t) => {
  const { id, bot, app } = await botPerson(world, t)
  const url = await askInvoice(bot, HUNDRED)
  const charge = await payNow(world, id, url)
  await waitFor(async () => (await app.me()).credits.basic === 150, { what: 'the credits' })
  const told = { ...PARKED_PAYMENT, invoice_payload: charge.invoice.payload, telegram_payment_charge_id: charge.id }
  for (let again = 0; again < 3; again += 1) pushMoney(world, id, { successful_payment: told })
  await waitFor(() => telegram.pendingUpdates().length === 0, { what: 'all updates taken' })
  assert.equal((await app.me()).credits.basic, 150)
})

test('A51 another person’s invoice is refused in words, in the payer’s language', async (t) => {
  const owner = await botPerson(world, t)
  const url = await askInvoice(owner.bot, HUNDRED)
  for (const [languageCode, words] of [
    ['ru', /^Этот счёт выписан другому человеку/],
    ['en', /^This invoice was made for somebody else/],
  ] as const) {
    const stranger = telegram.addPerson({ firstName: 'Чужой', languageCode })
    const outcome = await telegram.pay(stranger.id, url)
    assert.ok(outcome.status === 'failed')
    assert.match(outcome.reason, words)
    assert.ok(outcome.reason.length <= 255)
  }
  await sql`UPDATE users SET locale = 'en' WHERE id = ${owner.userId}`.execute(world.database.db)
  await sql`UPDATE orders SET expires_at = now() - interval '1 minute' WHERE user_id = ${owner.userId}`.execute(
    world.database.db,
  )
  const late = await telegram.pay(owner.id, url)
  assert.ok(late.status === 'failed')
  assert.match(late.reason, /^This invoice is too old/, 'in the language that the person chose')
})

test('A52 an invoice is paid once; what is paid is paid', async (t) => {
  const { id, bot } = await botPerson(world, t)
  const url = await askInvoice(bot, HUNDRED)
  await payNow(world, id, url)
  const [order] = await waitFor(
    async () => {
      const { rows } = await sql`SELECT 1 FROM charges WHERE telegram_id = ${String(id)}`.execute(world.database.db)
      return rows.length > 0 ? rows : null
    },
    { what: 'the payment' },
  )
  assert.ok(order)
  const again = await telegram.pay(id, url)
  assert.ok(again.status === 'failed' && again.reason.startsWith('Этот счёт уже оплачен'), JSON.stringify(again))
})

test('A51 a wrong sum, a wrong currency, an unknown payload, another person: parked, no credit', async (t) => {
  const { id, bot, app } = await botPerson(world, t)
  const other = await botPerson(world, t)
  const url = await askInvoice(bot, HUNDRED)
  const payload = telegram.invoice(url)?.payload ?? ''
  const wrong = [
    ['wrong_sum', id, { total_amount: 1 }],
    ['wrong_currency', id, { currency: 'USD' }],
    ['unknown_order', id, { invoice_payload: 'of nobody' }],
    ['wrong_person', other.id, {}],
  ] as const
  for (const [kind, payer, change] of wrong) {
    const chargeId = `forged-${kind}-${id}`
    const told = { ...PARKED_PAYMENT, invoice_payload: payload, telegram_payment_charge_id: chargeId, ...change }
    pushMoney(world, payer, { successful_payment: told })
    await waitFor(async () => (await differences(chargeId)).includes(kind), { what: kind })
  }
  for (const person of [app, other.app]) assert.equal((await person.me()).credits.basic, 50)
})

test('what no payment looks like is passed over, and the chat goes on', async (t) => {
  const { id, bot } = await botTalker(world, t)
  const told = { ...PARKED_PAYMENT, invoice_payload: 'x', telegram_payment_charge_id: 'hostile' }
  for (const change of [
    { total_amount: -5 },
    { total_amount: 1.5 },
    { total_amount: 2 ** 60 },
    { total_amount: '150' },
    { telegram_payment_charge_id: null },
    { telegram_payment_charge_id: 'x'.repeat(5000) },
    { invoice_payload: { a: 1 } },
    { subscription_expiration_date: -1 },
  ]) {
    pushMoney(world, id, { successful_payment: { ...told, ...change } })
    pushMoney(world, id, { refunded_payment: { ...told, ...change } })
  }
  telegram.pushUpdate({ pre_checkout_query: { id: 'odd', from: { id, is_bot: false }, total_amount: -1 } }, id)
  telegram.pushUpdate({ subscription: { user: { id }, invoice_payload: 'x', state: 'of tomorrow' } }, id)
  telegram.pushUpdate({ subscription: { user: null, invoice_payload: 'x', state: 'failed' } }, id)
  bot.send('всё ещё здесь')
  await bot.hears((text) => text === 'всё ещё здесь')
})

test('a refund after spending is said as a debt, and the next purchase pays it first', async (t) => {
  const { id, bot, app, userId } = await botTalker(world, t)
  await spendAll(world, userId)
  const charge = await payNow(world, id, await askInvoice(bot, HUNDRED))
  await waitFor(async () => (await app.me()).credits.basic === 100, { what: 'the credits' })
  await spendAll(world, userId, 40)
  telegram.refund(charge.id)
  await bot.hears((text) => text.startsWith('Звёзды вернулись') && text.includes('осталось отдать 60 обычных кредитов'))
  bot.send('/credits')
  await bot.hears((text) => text.startsWith('Кредиты\n0 обычных') && text.includes('осталось отдать 60 обычных'))
  await payNow(world, id, await askInvoice(bot, HUNDRED))
  await bot.hears((text) => text.includes('сначала из них закрыт долг'))
  assert.equal((await app.me()).credits.basic, 40)
})

test('a cap of the day keeps the message with its own sentence; another cap, and "Ответить" answers it', async (t) => {
  const { bot, app, userId } = await botTalker(world, t)
  const cap = (dailyCap: number) =>
    sql`UPDATE users SET daily_cap = ${dailyCap} WHERE id = ${userId}`.execute(world.database.db)
  await cap(1)
  bot.send('первое')
  await bot.hears((text) => text === 'первое')
  bot.send('второе')
  await bot.hears((text) => text.startsWith('Дневной предел'))
  const { callbackQueryId } = await bot.tap('Ответить')
  assert.equal(await bot.toldOver(callbackQueryId), 'Предел на сегодня исчерпан.')
  await cap(5)
  await bot.tap('Ответить')
  await bot.hears((text) => text === 'второе')
  assert.equal((await app.me()).credits.basic, 48)
})

test('a low balance is said once, after the reply', async (t) => {
  const { bot, userId } = await botTalker(world, t)
  await spendAll(world, userId, 3)
  for (const text of ['раз', 'два', 'три']) {
    bot.send(text)
    await bot.hears((heard) => heard === text)
  }
  await bot.hears((text) => text.startsWith('На балансе 2 обычных кредита'))
  bot.send('/help')
  await bot.hears((text) => text.includes('/paysupport'))
  assert.equal(bot.texts().filter((text) => text.startsWith('На балансе')).length, 1)
})
