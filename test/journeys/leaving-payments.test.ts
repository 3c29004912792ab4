import assert from 'node:assert/strict'
import { test } from 'node:test'
import { granted } from '#test/people'
import { waitFor } from '#test/wait-for'
import { startWorld } from '#test/world'
import { auditBooks, type Finding } from '../../src/processes/audit-books.ts'
import { botPerson } from './bot-steps.ts'
import { leave, leftOf, letTheDayPass } from './leaving-steps.ts'
import { askInvoice, payNow } from './pay-steps.ts'

const world = await startWorld()
const { pool } = world.database

test('of somebody who has paid only the payment stays, without who paid it, and no month is charged any more', async (t) => {
  const { id, bot, app, userId } = await botPerson(world, t)
  const charge = await payNow(world, id, await askInvoice(bot, (text) => text.includes('⭐ в месяц')))
  await waitFor(async () => (await app.me()).credits.basic === 650, { what: 'what was bought' })
  granted(await leave(app), 202)
  await letTheDayPass(world, userId)
  assert.throws(() => world.sandbox.telegram.renew(charge.id), 'Telegram was told to stop')
  const { audit_events: _, ...left } = await leftOf(world, userId)
  assert.deepEqual(left, { charges: 1, erasures: 1 })
  const { rows } = await pool.query('SELECT stars > 0 AS paid, telegram_id, refund_reason FROM charges')
  assert.deepEqual(rows, [{ paid: true, telegram_id: '', refund_reason: null }])
  const found: Finding[] = []
  await auditBooks(pool, (finding) => found.push(finding))
  assert.deepEqual(found, [])
})
