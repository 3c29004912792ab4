import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { waitFor } from '#test/wait-for'
import type { World } from '#test/world'
import { type BotChat, buttonsOf } from './bot-chat.ts'

/** The message of the bot that sells something, newest first, once there is one with this button. */
export async function shopWindow(bot: BotChat, words: (text: string) => boolean) {
  return bot.bearing(words)
}

/** The address of the invoice behind the newest button with these words. */
export async function invoiceBehind(bot: BotChat, words: (text: string) => boolean): Promise<string> {
  const { wire } = await bot.bearing(words)
  const url = wire.reply_markup?.inline_keyboard.flat().find(({ text }) => words(text))?.url
  assert.ok(url, `a button with an invoice among ${JSON.stringify(buttonsOf({ wire }))}`)
  return url
}

/** `/subscribe`, and the address of the invoice of the offer whose button fits. */
export async function askInvoice(bot: BotChat, words: (text: string) => boolean): Promise<string> {
  const before = bot.messages().length
  bot.send('/subscribe')
  await waitFor(
    () =>
      bot
        .messages()
        .slice(before)
        .some((message) => buttonsOf(message).some(words)),
    {
      what: 'the offers',
    },
  )
  return invoiceBehind(bot, words)
}

/** Pays an invoice; what it comes to. */
export async function payNow({ sandbox }: World, telegramId: number, url: string) {
  const paid = await sandbox.telegram.pay(telegramId, url)
  if (paid.status !== 'paid') throw new Error(`not paid: ${paid.reason}`)
  return paid.charge
}

/** Takes away what somebody has, as if it had been spent: by the books, so that they still balance. */
export async function spendAll({ database }: World, userId: string, leave = 0): Promise<void> {
  const { rows } = await sql<{ type: string; available: number }>`
    SELECT type, available FROM credit_balances WHERE user_id = ${userId} AND available > ${leave}
  `.execute(database.db)
  for (const { type, available } of rows) {
    const amount = available - leave
    await database.db.transaction().execute(async (tx) => {
      await sql`
        INSERT INTO ledger_transfers (user_id, type, amount, from_account, to_account, reason, business_key)
        VALUES (${userId}, ${type}, ${amount}, 'available', 'house', 'claw_back', ${randomUUID()})`.execute(tx)
      await sql`
        UPDATE credit_balances SET available = available - ${amount} WHERE user_id = ${userId} AND type = ${type}
      `.execute(tx)
    })
  }
}

/** An update that no real person causes, as Telegram would bring it. */
export function pushMoney(
  { sandbox }: World,
  telegramId: number,
  payment: { [kind in 'successful_payment' | 'refunded_payment']?: object },
): void {
  const from = { id: telegramId, is_bot: false, first_name: 'Вера', language_code: 'ru' }
  const chat = { id: telegramId, type: 'private', first_name: 'Вера' }
  const message = { message_id: 900_000_000, date: Math.floor(Date.now() / 1000), from, chat, ...payment }
  sandbox.telegram.pushUpdate({ message }, telegramId)
}
