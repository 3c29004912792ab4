import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { holdWriters } from '#test/hold-writers'
import { waitFor } from '#test/wait-for'
import { startWorld, type World } from '#test/world'
import { botChat } from './bot-chat.ts'
import { botTalker } from './bot-steps.ts'
import { askInvoice, payNow } from './pay-steps.ts'

const JOBS = 100_000
const CROWD = 30
/** What Telegram could not hand over meanwhile it tries again after ever longer pauses. */
const CREDITED_WITHIN_MS = 40_000
const HUNDRED = (text: string) => text.startsWith('100 ')

const polling = await startWorld()
const webhook = await startWorld(undefined, { env: { TELEGRAM_MODE: 'webhook' } })

/** Questions without end: copies of one that is being answered, by a model that says nothing. */
async function layJobs({ sandbox, database }: World, bot: { send(text: string): unknown }): Promise<void> {
  sandbox.model.control({ hold: true })
  bot.send('без ответа')
  const asked = () => sql<{ id: string }>`SELECT id FROM turns WHERE state = 'running'`.execute(database.db)
  const turn = await waitFor(async () => (await asked()).rows[0], { what: 'a question at the model' })
  await sql`
    INSERT INTO turns (id, user_id, conversation_id, message_id, message_seq, channel, interface, address, state,
                       price_type, price_amount, due_at)
    SELECT gen_random_uuid(), user_id, conversation_id, message_id, message_seq, channel, interface, address, 'queued',
           price_type, 0, now() FROM turns, generate_series(1, ${JOBS}::integer) WHERE id = ${turn.id}
  `.execute(database.db)
}

for (const [way, world] of Object.entries({ polling, webhook })) {
  test(`F42 by ${way}: who pays is answered whatever waits, hangs or stands still`, async (t) => {
    const { bot, id, app } = await botTalker(world, t)
    const url = await askInvoice(bot, HUNDRED)
    await layJobs(world, bot)
    // Neither a message nor a command can be taken in: the connections for both end up waiting.
    const letGo = await holdWriters(world.database, 'receipts')
    t.after(letGo)
    bot.send('эта ждёт')
    for (let number = 0; number < CROWD; number += 1) {
      const { id: other } = world.sandbox.telegram.addPerson({ firstName: 'Ещё', languageCode: 'ru' })
      botChat(world.sandbox, other).send(number % 2 === 0 ? '/help' : 'привет')
    }
    await payNow(world, id, url)
    await letGo()
    world.sandbox.model.control({ hold: false, mode: 'echo' })
    await sql`DELETE FROM turns WHERE price_amount = 0`.execute(world.database.db)
    await waitFor(async () => (await app.me()).credits.basic >= 148, {
      what: 'the credits',
      deadlineMs: CREDITED_WITHIN_MS,
    })
  })

  test(`by ${way}: a database that does not answer is a no within the time, and costs nothing`, async (t) => {
    const { bot, id, app } = await botTalker(world, t)
    const url = await askInvoice(bot, HUNDRED)
    const holder = await world.database.pool.connect()
    await holder.query('BEGIN; SET LOCAL idle_in_transaction_session_timeout = 0; LOCK orders IN ACCESS EXCLUSIVE MODE')
    const outcome = await world.sandbox.telegram.pay(id, url).finally(async () => {
      await holder.query('ROLLBACK')
      holder.release()
    })
    assert.ok(outcome.status === 'failed')
    assert.match(outcome.reason, /^Сейчас не получилось проверить счёт, звёзды не списаны/)
    await payNow(world, id, url)
    await waitFor(async () => (await app.me()).credits.basic === 150, { what: 'the credits' })
  })
}
