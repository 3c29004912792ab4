import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { waitFor } from '#test/wait-for'
import { startWorld } from '#test/world'
import { buttonsOf } from './bot-chat.ts'
import { botTalker, type Talker } from './bot-steps.ts'
import { callsOf, drops, endOf, turnOf } from './growing-steps.ts'

// Where drafts are refused a message stands in for the growing answer, until the answer itself has come.
const world = await startWorld()
const { telegram, model } = world.sandbox
const SLOW_MS = 100
const RECOVERED_MS = 30_000

beforeEach(() => {
  telegram.faults.clear()
  model.control({ text: drops(40), delayMsPerWord: SLOW_MS, failures: [], hold: false })
})

function refuseDrafts({ id }: Talker): void {
  const description = 'Bad Request: TEXTDRAFT_PEER_INVALID'
  telegram.faults.add({ kind: 'error', errorCode: 400, description, method: 'sendMessageDraft', chatId: id })
}

/** The stand-in, once it has come to this word. */
function previewWith({ bot }: Talker, word: string) {
  return waitFor(() => bot.messages().find((message) => standsIn(message) && message.wire.text?.includes(word)), {
    what: `a stand-in with "${word}"; there are: ${JSON.stringify(bot.texts())}`,
  })
}

function standsIn(message: Parameters<typeof buttonsOf>[0]): boolean {
  return buttonsOf(message).includes('Стоп')
}

/** Every stand-in there ever was has been taken away. */
function goesAway({ id }: Talker, messageId: number) {
  return waitFor(() => telegram.messages(id).find(({ wire, deleted }) => deleted && wire.message_id === messageId), {
    what: 'the stand-in to go',
    deadlineMs: RECOVERED_MS,
  })
}

async function standInsKnown(): Promise<number> {
  const { rows } = await world.database.pool.query<{ known: number }>(
    "SELECT count(*)::integer AS known FROM turns WHERE state = 'running' AND preview_id IS NOT NULL",
  )
  return rows[0]?.known ?? 0
}

function shownOnce({ bot }: Talker, text: string): void {
  assert.equal(bot.texts().filter((shown) => shown === text).length, 1, text)
}

test('one message is changed once a second at most, the answer is a message of its own, and then the first goes', async (t) => {
  const someone = await botTalker(world, t)
  const calls = callsOf(world, someone)
  refuseDrafts(someone)
  calls.forget()
  someone.bot.send('Что за окном?')
  const { wire } = await previewWith(someone, 'капля1')
  await someone.bot.hears((text) => text === drops(40))
  await goesAway(someone, wire.message_id)
  shownOnce(someone, drops(40))
  assert.equal(calls.drafts().length, 1)
  assert.equal(calls.sends().length, 2)
  const changes = [calls.sends()[0], ...calls.edits()]
  assert.ok(changes.length >= 3, `${changes.length} changes`)
  for (const [index, change] of changes.entries()) {
    const before = changes[index - 1]
    assert.ok(!before || (change?.atMs ?? 0) - before.atMs >= 950, 'a second between changes')
    assert.ok(!before || (change?.text.length ?? 0) > before.text.length)
  }
  const last = calls.all().slice(-2)
  assert.deepEqual(
    last.map(({ method }) => method),
    ['sendMessage', 'deleteMessage'],
  )
  assert.equal((await someone.app.me()).credits.basic, 49)
  // A chat that refused once is not asked each time.
  someone.bot.send('А теперь?')
  await endOf(someone, 'А теперь?')
  assert.equal(calls.drafts().length, 1)
})

test('"Стоп" under it keeps what was shown, the same in the chat and in the history', async (t) => {
  const someone = await botTalker(world, t)
  model.control({ text: drops(200) })
  refuseDrafts(someone)
  someone.bot.send('Расскажи длинно')
  const { wire } = await previewWith(someone, 'капля5')
  await someone.bot.tap('Стоп')
  const { state, answer } = await endOf(someone, 'Расскажи длинно')
  assert.equal(state, 'done')
  assert.ok(answer)
  assert.ok(answer.text.startsWith(drops(5)) && answer.text.length < drops(200).length)
  await goesAway(someone, wire.message_id)
  shownOnce(someone, answer.text)
  assert.equal((await someone.app.me()).credits.basic, 49)
})

test('of an answer that fails, and of one that is begun anew in the middle, nothing is left in the chat', async (t) => {
  const someone = await botTalker(world, t)
  refuseDrafts(someone)
  model.control({ failures: [{ kind: 'reset-midstream', times: 1 }] })
  someone.bot.send('Что за окном?')
  const failed = await previewWith(someone, 'капля3')
  await goesAway(someone, failed.wire.message_id)
  await someone.bot.bearing((text) => text === 'Повторить')
  model.control({ text: drops(200), failures: [] })
  someone.bot.send('А за дверью?')
  const left = await previewWith(someone, 'капля3')
  await someone.app.startConversation('arina')
  await goesAway(someone, left.wire.message_id)
  assert.equal(someone.bot.messages().filter(standsIn).length, 0)
  assert.equal((await someone.app.me()).credits.basic, 50)
})

test('a stand-in of which nobody knows whether it came is not followed by a second one', async (t) => {
  const someone = await botTalker(world, t)
  const calls = callsOf(world, someone)
  refuseDrafts(someone)
  telegram.faults.add({ kind: '500', method: 'sendMessage', chatId: someone.id, times: 1 })
  calls.forget()
  someone.bot.send('Что за окном?')
  await someone.bot.hears((text) => text === drops(40))
  assert.equal(calls.sends().length, 2)
})

test('killed while it grows: the next worker goes on in the same message; stopped meanwhile, it goes', async (t) => {
  const [someone, other] = [await botTalker(world, t), await botTalker(world, t)]
  for (const talker of [someone, other]) refuseDrafts(talker)
  model.control({ text: drops(100) })
  for (const { bot } of [someone, other]) bot.send('Что за окном?')
  const [mine, theirs] = [await previewWith(someone, 'капля3'), await previewWith(other, 'капля3')]
  // The first words of a busy machine may be many: what stands there is known to others once it is written down.
  await waitFor(async () => (await standInsKnown()) === 2)
  await world.vitte.kill()
  model.control({ text: drops(20) })
  await world.startAnother({ PORT: world.vitte.env.PORT ?? '' })
  const turnId = await turnOf(other, 'Что за окном?')
  assert.equal((await other.app.client.call(`/api/turns/${turnId}/cancel`, { method: 'POST' })).status, 202)
  await someone.bot.hears((text) => text === drops(20), { deadlineMs: RECOVERED_MS })
  await goesAway(someone, mine.wire.message_id)
  shownOnce(someone, drops(20))
  await goesAway(other, theirs.wire.message_id)
  assert.equal((await endOf(other, 'Что за окном?')).state, 'cancelled')
  assert.deepEqual([(await someone.app.me()).credits.basic, (await other.app.me()).credits.basic], [49, 50])
  for (const talker of [someone, other]) assert.equal(talker.bot.messages().filter(standsIn).length, 0)
  const stoodIn = telegram.messages(someone.id).filter((message) => standsIn(message))
  assert.deepEqual(
    stoodIn.map(({ wire }) => wire.message_id),
    [mine.wire.message_id],
    'one stand-in for both workers',
  )
})

test('a Bot API that knows no drafts is asked once, for all chats', async (t) => {
  const [someone, other] = [await botTalker(world, t), await botTalker(world, t)]
  const description = 'Not Found: method not found'
  telegram.faults.add({ kind: 'error', errorCode: 404, description, method: 'sendMessageDraft' })
  for (const talker of [someone, other]) {
    talker.bot.send('Что за окном?')
    await previewWith(talker, 'капля1')
    await talker.bot.hears((text) => text === drops(40))
  }
  assert.equal(callsOf(world, someone).drafts().length, 1)
  assert.equal(callsOf(world, other).drafts().length, 0)
})
