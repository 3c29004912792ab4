import { test } from 'node:test'
import { startWorld } from '#test/world'
import { kindsIn, proveCell } from './outcome-table.ts'
import { ANSWERS, ATTEMPTS_MAX } from './telegram-answers.ts'

/** More people at once would wait for each other, and a probe that comes late looks like Telegram being away. */
const CELLS_AT_ONCE = 12

const world = await startWorld(undefined, {
  env: {
    DELIVERY_MAX_ATTEMPTS: String(ATTEMPTS_MAX),
    DELIVERY_BACKOFF_BASE_MS: '20',
    TELEGRAM_MESSAGES_PER_SECOND: '1000',
  },
})
world.sandbox.model.control({ mode: 'echo' })

test('each answer of Telegram to each kind of delivery, a person for each', { concurrency: true }, async (t) => {
  const kinds = Object.entries(kindsIn(world))
  const cells = ANSWERS.flatMap((answer) => kinds.map(([name, kind]) => ({ answer, name, kind }))).values()
  const prove = async () => {
    for (const { answer, name, kind } of cells)
      await t.test(`${answer.name}, to ${name}`, (t) => proveCell(world, t, { answer, kind }))
  }
  await Promise.all(Array.from({ length: CELLS_AT_ONCE }, prove))
})
