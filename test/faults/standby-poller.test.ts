import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { Person } from '#test/people'
import type { Vitte } from '#test/vitte'
import { waitFor } from '#test/wait-for'
import { startWorld } from '#test/world'
import { type BotChat, botChat } from '../journeys/bot-chat.ts'
import { answeredOnce } from './answered-once.ts'

// One process serves and works; who polls is a process of the role bot alone, and others stand by for its place.
const PEOPLE = 4
const BOT = { ROLES: 'bot', LOG_LEVEL: 'info' }
/** The goal is fifteen seconds; how long it took is said, and a busy machine is given more. */
const TAKEN_OVER = { deadlineMs: 60_000, pauseMs: 50 }

const world = await startWorld(undefined, { redis: true, env: { ROLES: 'http,worker', TELEGRAM_MODE: 'polling' } })
const { model, telegram } = world.sandbox
model.control({ mode: 'echo' })
const chats = await Promise.all(Array.from({ length: PEOPLE }, meet))

interface Chat {
  bot: BotChat
  site: Person
  said: string[]
}

async function meet(): Promise<Chat> {
  const { id } = telegram.addPerson({ firstName: 'Вера', languageCode: 'ru' })
  const site = new Person(world.vitte.url)
  await site.signInByWidget(world.sandbox, id)
  await site.confirmAdult()
  await site.startConversation('arina')
  return { bot: botChat(world.sandbox, id), site, said: [] }
}

const polls = (process: Vitte) => process.logs('telegram.polling_begun').length
const stopped = (process: Vitte) => process.logs('telegram.polling_ended').length

function sayAll(what: string): void {
  for (const { bot, said } of chats) {
    said.push(what)
    bot.send(what)
  }
}

async function heardAll(what: string): Promise<void> {
  for (const { bot } of chats) await bot.hears((text) => text === what, TAKEN_OVER)
}

/** Everything said so far is taken once, answered once and shown once, and each chat is in its order. */
async function proveWhole(): Promise<void> {
  for (const { site, bot, said } of chats) {
    const history = await site.history()
    for (const text of said) {
      await answeredOnce(world, history, { place: 'bot', text })
      assert.equal(bot.texts().filter((shown) => shown === text).length, 1, text)
    }
    const asked = history.filter(({ role, turn }) => role === 'user' && turn).map(({ text }) => text)
    assert.deepEqual(asked, said)
  }
}

/** The one who stands by, once it polls, and within how many milliseconds it came to that. */
async function takesOver(t: TestContext, next: Vitte, sinceMs: number): Promise<void> {
  await waitFor(() => polls(next) === 1, { ...TAKEN_OVER, what: 'the one who stood by polls' })
  t.diagnostic(`the place of the poller was taken ${Math.round(performance.now() - sinceMs)} ms after`)
}

let leader = await world.startAnother(BOT)
await waitFor(() => polls(leader) === 1)

test('the process that polls is killed in the midst of updates: who stands by polls on, none is lost and none taken twice', async (t) => {
  const next = await world.startAnother(BOT)
  sayAll('до того')
  await heardAll('до того')
  assert.equal(polls(next), 0, 'two never poll at once')
  sayAll('в тот миг')
  await leader.kill('SIGKILL')
  const killedMs = performance.now()
  sayAll('пока никто не слушает')
  await takesOver(t, next, killedMs)
  await heardAll('пока никто не слушает')
  await proveWhole()
  leader = next
})

test('the process that polls is frozen: another one takes its place; woken, it knows at once that it is not its own', async (t) => {
  const next = await world.startAnother(BOT)
  leader.signal('SIGSTOP')
  t.after(() => leader.signal('SIGCONT'))
  const frozenMs = performance.now()
  sayAll('пока спит')
  await takesOver(t, next, frozenMs)
  await heardAll('пока спит')

  leader.signal('SIGCONT')
  await waitFor(() => stopped(leader) === 1, { what: 'the woken one stops polling' })
  sayAll('проснулся')
  await heardAll('проснулся')
  assert.deepEqual([polls(leader), stopped(next)], [1, 0], 'it stands by, and disturbs nobody')
  await next.stop()
  await waitFor(() => polls(leader) === 2, { ...TAKEN_OVER, what: 'it polls again when it is its turn' })
  sayAll('снова у первого')
  await heardAll('снова у первого')
  await proveWhole()
})

test('who lost the database for a while stops polling, and begins again when it is back', async () => {
  await world.database.pool.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND application_name = 'exclusive'`,
  )
  await waitFor(() => stopped(leader) === 2)
  await waitFor(() => polls(leader) === 3)
  sayAll('после разрыва')
  await heardAll('после разрыва')
  await proveWhole()
})
