import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { startWorld } from '#test/world'
import { buttonsOf } from './bot-chat.ts'
import { botTalker, menu } from './bot-steps.ts'

const world = await startWorld()
world.sandbox.model.control({ mode: 'echo' })

/** Arina's words under another name, published once and no longer offered; this person talks to her. */
async function becomeWithdrawn(userId: string): Promise<void> {
  await world.database.db.transaction().execute(async (tx) => {
    await sql`
      INSERT INTO persona_versions (persona_id, version, content, content_hash)
      SELECT 'mira', 1, content || '{"id": "mira"}'
        || jsonb_build_object('ru', content->'ru' || '{"name": "Мира", "withName": "Мирой"}'), content_hash
      FROM persona_versions WHERE persona_id = 'arina'
    `.execute(tx)
    await sql`
      INSERT INTO personas (id, current_version, withdrawn_at, price_type, price_amount)
      VALUES ('mira', 1, now(), 'basic', 1)
    `.execute(tx)
    await sql`UPDATE conversations SET persona_id = 'mira' WHERE user_id = ${userId}`.execute(tx)
  })
}

test('a companion withdrawn in the middle of a talk stays to talk to, and cannot be begun with anew', async (t) => {
  const someone = await botTalker(world, t)
  await becomeWithdrawn(someone.userId)
  await world.vitte.stop()
  await world.startAnother({ PORT: new URL(world.vitte.url).port })
  const before = (await someone.app.me()).conversation?.id
  const messageId = await menu(someone.bot, '/chat', 'Начать заново')
  await someone.bot.becomes(messageId, (text) => text.includes('Продолжить с Мирой?'))
  await someone.bot.tap('Начать заново')
  const told = await someone.bot.becomes(messageId, (text) => text.includes('Начать с Мирой новый разговор уже нельзя'))
  assert.deepEqual(buttonsOf(told), ['Продолжить общение', 'Выбрать другого собеседника'])
  assert.equal((await someone.app.me()).conversation?.id, before)
  await someone.bot.tap('Продолжить общение')
  await someone.bot.becomes(messageId, (text) => text.includes('Мира здесь'))
  someone.bot.send('ты ещё тут?')
  await someone.bot.hears((text) => text === 'ты ещё тут?')
})
