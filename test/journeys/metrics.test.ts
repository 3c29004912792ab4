import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Person } from '#test/people'
import { waitFor } from '#test/wait-for'
import { startWorld } from '#test/world'
import { enterBot } from './bot-chat.ts'
import { notToBeAsked } from './bot-steps.ts'

const MASHA = 700_000_001

const world = await startWorld(undefined, {
  env: { DELIVERY_BACKOFF_BASE_MS: '5', DELIVERY_BACKOFF_MAX_MS: '20' },
})
const { telegram, model } = world.sandbox
const bot = await enterBot(world.sandbox, MASHA)
const app = new Person(world.vitte.url)
await app.openMiniApp(world.sandbox, MASHA)
await notToBeAsked(app)
await app.startConversation('arina')
await waitFor(async () => (await app.history())[0]?.delivery?.status === 'sent', { what: 'the opening line' })
const site = new Person(world.vitte.url)
await site.signInByWidget(world.sandbox, MASHA)
model.control({ mode: 'echo' })

/** One figure as Prometheus reads it; 0 where there is no such line. */
async function figure(line: string): Promise<number> {
  const { body } = await site.client.call<string>('/metrics')
  const found = body.split('\n').find((each) => each.startsWith(`${line} `))
  return Number(found?.slice(line.length) ?? 0)
}
const becomes = (line: string, fits: (value: number) => boolean) =>
  waitFor(async () => fits(await figure(line)), { what: `another value of ${line}` })
const finished = (kind: string, outcome = 'sent') =>
  `vitte_deliveries_total{outcome="${outcome}",kind="${kind}",purpose="reply"}`

test('a delivery that failed and came after all is a recovered one, beside those that came at once', async () => {
  bot.send('сразу')
  await bot.hears((text) => text === 'сразу')
  await becomes(finished('first'), (count) => count === 1)
  telegram.faults.add({ kind: '502', method: 'sendMessage', chatId: MASHA, times: 1 })
  bot.send('со второго раза')
  await bot.hears((text) => text === 'со второго раза')
  await becomes(finished('repeated'), (count) => count === 1)
  assert.equal(await figure(finished('first')), 1)
  assert.equal(await figure('vitte_delivery_attempts_total{outcome="retry",kind="first"}'), 1)
})

test('a delivery that is given up counts as lost, first or not', async () => {
  const description = 'Bad Request: message is too long'
  telegram.faults.add({ kind: 'error', errorCode: 400, description, method: 'sendMessage', chatId: MASHA, times: 1 })
  bot.send('никогда')
  await becomes(finished('first', 'refused'), (count) => count === 1)
})

test('turns are counted by how they end, and answers by how long they took', async () => {
  const line = 'vitte_turns_total{state="done",code="none"}'
  const [before, answersBefore] = [await figure(line), await figure('vitte_answer_seconds_count')]
  await site.talk('который раз')
  await becomes(line, (count) => count === before + 1)
  assert.equal(await figure('vitte_answer_seconds_count'), answersBefore + 1)
})

test('the age of the oldest open turn and delivery grows while they wait, and is gone with them', async (t) => {
  model.control({ hold: true })
  t.after(() => model.control({ hold: false }))
  const { turnId } = await site.ask('подумай')
  await becomes('vitte_open_turns', (count) => count === 1)
  await becomes('vitte_oldest_open_turn_seconds', (age) => age > 0)
  await site.client.call(`/api/turns/${turnId}/cancel`, { method: 'POST' })
  await becomes('vitte_open_turns', (count) => count === 0)
  await becomes('vitte_oldest_open_turn_seconds', (age) => age === 0)

  model.control({ hold: false })
  const { id } = telegram.faults.add({ kind: '429', retryAfterSeconds: 1, method: 'sendMessage', chatId: MASHA })
  bot.send('подожди')
  await becomes('vitte_open_deliveries', (count) => count >= 1)
  await becomes('vitte_oldest_open_delivery_seconds', (age) => age > 1)
  telegram.faults.clear(id)
  await bot.hears((text) => text === 'подожди')
  await becomes('vitte_open_deliveries', (count) => count === 0)
  await becomes('vitte_oldest_open_delivery_seconds', (age) => age === 0)
})

test('the way from one interface to the open pages of others is measured, what a page missed is not', async () => {
  const count = 'vitte_sync_delay_seconds_count'
  const before = await figure(count)
  await site.talk('без свидетелей')
  assert.equal(await figure(count), before, 'nobody looked')
  const page = await site.watch(0)
  await page.next('message', ({ text, role }) => role === 'assistant' && text === 'без свидетелей')
  bot.send('из чата')
  await page.next('message', ({ text, role }) => role === 'assistant' && text === 'из чата')
  await becomes(count, (value) => value === before + 2)
  await site.talk('с той же страницы')
  await page.next('message', ({ text, role }) => role === 'assistant' && text === 'с той же страницы')
  assert.equal(await figure(count), before + 2)
  assert.ok((await figure('vitte_sync_delay_seconds_bucket{le="2"}')) >= 2)
})
