import assert from 'node:assert/strict'
import { test } from 'node:test'
import { waitFor } from '#test/wait-for'
import { startWorld, type World } from '#test/world'
import { owingIn, type Reachable } from '../faults/owing.ts'

/** Slow enough for any machine to be faster by itself. */
const PER_SECOND = 10
const env = { TELEGRAM_MESSAGES_PER_SECOND: String(PER_SECOND) }
/** Two go at once, the others one by one. */
const secondsFor = (messages: number) => (messages - 2.5) / PER_SECOND
const CHATS = 40
const DEADLINE_MS = 60_000
const CHAT_BURST = 5

const crowd = (owing: ReturnType<typeof owingIn>, people = CHATS) =>
  Promise.all(Array.from({ length: people }, owing.newcomer))

function everyoneHas({ sandbox }: World, people: Reachable[], messages: number): Promise<unknown> {
  return waitFor(() => people.every(({ id }) => sandbox.telegram.replies(id).length >= messages), {
    deadlineMs: DEADLINE_MS,
    what: `${messages} messages in ${people.length} chats`,
  })
}

test('two processes together send no faster than Telegram wants it', async (t) => {
  const world = await startWorld(t, { redis: true, env })
  await world.startAnother({ ROLES: 'worker' })
  const owing = owingIn(world)
  const people = await crowd(owing)
  const startedMs = performance.now()
  await owing.oweNotices(people, ['unknown_command'])
  await everyoneHas(world, people, 1)
  const seconds = (performance.now() - startedMs) / 1_000
  assert.ok(seconds >= secondsFor(CHATS), `${CHATS} in ${seconds} s`)
})

test('what was asked for overtakes a flood of what was not', async (t) => {
  const world = await startWorld(t, { env })
  const owing = owingIn(world)
  const people = await crowd(owing)
  const asking = await owing.newcomer()
  for (const someone of people) await owing.owePushes(someone, ['Как вы там?', 'Я тут подумала.'])
  await waitFor(() => people.some(({ id }) => world.sandbox.telegram.replies(id).length > 0))
  await owing.oweNotices([asking], ['unknown_command'])
  await everyoneHas(world, [asking], 1)
  const waiting = people.filter(({ id }) => world.sandbox.telegram.replies(id).length < 2)
  assert.ok(waiting.length > CHATS / 3, `${waiting.length} chats still wait for theirs`)
  await everyoneHas(world, people, 2)
})

test('one chat gets a burst at once and the rest a message a second, and holds nobody up', async (t) => {
  const world = await startWorld(t)
  const { telegram } = world.sandbox
  const owing = owingIn(world)
  const [chatty, other] = [await owing.newcomer(), await owing.newcomer()]
  const startedMs = performance.now()
  const messages = CHAT_BURST + 3
  await owing.oweNotices(
    [chatty],
    Array.from({ length: messages }, (_, n) => (n % 2 ? 'reported' : 'unknown_command')),
  )
  await everyoneHas(world, [chatty], CHAT_BURST)
  await owing.oweNotices([other], ['unknown_command'])
  await everyoneHas(world, [other], 1)
  assert.ok(telegram.replies(chatty.id).length < messages)
  await everyoneHas(world, [chatty], messages)
  assert.ok(performance.now() - startedMs >= (messages - CHAT_BURST) * 1_000)
})
