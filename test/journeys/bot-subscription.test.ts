import assert from 'node:assert/strict'
import { test } from 'node:test'
import { waitFor } from '#test/wait-for'
import { startWorld } from '#test/world'
import { type BotChat, buttonsOf, textOf } from './bot-chat.ts'
import { botPerson, menu } from './bot-steps.ts'
import { askInvoice, payNow } from './pay-steps.ts'

const world = await startWorld()
const { telegram } = world.sandbox
const A_MONTH = (text: string) => text.includes('⭐ в месяц') || text.includes('⭐ a month')

/** The newest state of `/credits`. */
async function credits(bot: BotChat, button: string) {
  const messageId = await menu(bot, '/credits', button)
  const shown = bot.messages().find(({ wire }) => wire.message_id === messageId)
  assert.ok(shown)
  return { messageId, text: textOf(shown), buttons: buttonsOf(shown) }
}

test('a subscription is bought, told, renewed once per notice, stopped after a question, and taken up again', async (t) => {
  const { id, bot, app } = await botPerson(world, t)
  const has = (basic: number) =>
    waitFor(async () => (await app.me()).credits.basic === basic, { what: `${basic} credits` })
  const first = await payNow(world, id, await askInvoice(bot, A_MONTH))
  await bot.hears((text) => text.startsWith('Спасибо, звёзды пришли') && text.includes('600 обычных кредитов'))
  await has(650)
  telegram.duplicateNext(1, 3)
  telegram.renew(first.id)
  await has(1250)

  const shown = await credits(bot, 'Остановить подписку')
  assert.match(shown.text, /«Подписка на месяц» оплачена до .+ и продлится сама\./)
  const { messageId } = await bot.tap('Остановить подписку')
  const asked = await bot.becomes(messageId, (text) => text.startsWith('Остановить подписку «Подписка на месяц»?'))
  assert.deepEqual(buttonsOf(asked), ['Остановить', 'Оставить'])
  await bot.tap('Оставить')
  await bot.becomes(messageId, (text) => text.includes('продлится сама'))
  await bot.tap('Остановить подписку')
  const stopping = await bot.tap('Остановить')
  assert.equal(await bot.toldOver(stopping.callbackQueryId), 'Подписка больше не продлится')
  await bot.becomes(
    messageId,
    (text, buttons) => text.includes('остановлена') && buttons.includes('Возобновить подписку'),
  )
  assert.throws(() => telegram.renew(first.id))
  await bot.tap('Возобновить подписку')
  await bot.becomes(messageId, (text) => text.includes('продлевать её снова можно'))
  telegram.changeSubscription(first.id, 'active')
  await waitFor(async () => (await credits(bot, '‹ Назад')).text.includes('продлится сама'), { what: 'renewing again' })
  telegram.renew(first.id)
  await has(1850)
})

test('who stops in Telegram itself sees it here; a month that could not be paid is said', async (t) => {
  const { id, bot } = await botPerson(world, t)
  const charge = await payNow(world, id, await askInvoice(bot, A_MONTH))
  await bot.hears((text) => text.startsWith('Спасибо, звёзды пришли'))
  telegram.changeSubscription(charge.id, 'canceled')
  await waitFor(async () => (await credits(bot, '‹ Назад')).text.includes('остановлена и закончится'), {
    what: 'canceled',
  })
  telegram.changeSubscription(charge.id, 'active')
  await waitFor(async () => (await credits(bot, '‹ Назад')).text.includes('продлится сама'), { what: 'active' })
  telegram.changeSubscription(charge.id, 'failed')
  await bot.hears((text) => text.includes('не продлилась: Telegram не смог списать звёзды'))
})

test('whoever has a subscription is offered no second one, and an invoice from before is refused', async (t) => {
  const { id, bot } = await botPerson(world, t, 'en')
  const url = await askInvoice(bot, A_MONTH)
  const link = await telegram.invoice(url)
  assert.ok(link)
  await payNow(world, id, url)
  await bot.hears((text) => text.startsWith('Thank you, the Stars have come'))
  const shop = await menu(bot, '/subscribe', '‹ Back')
  const shown = bot.messages().find(({ wire }) => wire.message_id === shop)
  assert.ok(shown && !buttonsOf(shown).some(A_MONTH))
  assert.match(textOf(shown), /“Monthly subscription” is paid until .+ and will renew by itself\./)
  const again = await telegram.pay(id, url)
  assert.ok(again.status === 'failed' && again.reason.startsWith('This invoice is paid already'))
})

test('while Telegram makes no invoices the bot says so, and sells again when it does', async (t) => {
  const { id, bot } = await botPerson(world, t)
  telegram.faults.add({ kind: '502', method: 'createInvoiceLink', times: 20 })
  bot.send('/subscribe')
  await bot.hears((text) => text.includes('Telegram сейчас не выставляет счета'))
  telegram.faults.clear()
  await payNow(world, id, await askInvoice(bot, A_MONTH))
})
