import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { waitFor } from '#test/wait-for'
import { startWorld } from '#test/world'
import { draftIdOf } from '../../src/edges/telegram/growing/draft-id.ts'
import { buttonsOf } from './bot-chat.ts'
import { botTalker, notToBeAsked } from './bot-steps.ts'
import { callsOf, drops, endOf, grownTo, turnOf } from './growing-steps.ts'

// The answer grows before the reader's eyes in Telegram, and can be stopped there.
const world = await startWorld()
const { telegram, model } = world.sandbox
const SLOW_MS = 100
/** Long enough to be seen growing on a busy machine too. */
const STORY = drops(100)
const STORY_MS = 30_000

beforeEach(() => {
  telegram.faults.clear()
  model.control({ text: drops(40), delayMsPerWord: SLOW_MS, failures: [], hold: false, mode: 'character' })
})

test('first "печатает…", then one draft that grows with its markup, then one message', async (t) => {
  const someone = await botTalker(world, t)
  await notToBeAsked(someone.app)
  const calls = callsOf(world, someone)
  model.control({ text: `**Слушай.** ${STORY}` })
  calls.forget()
  someone.bot.send('Что за окном?')
  const { answer } = await endOf(someone, 'Что за окном?', { deadlineMs: STORY_MS })
  await someone.bot.hears((text) => text === `Слушай. ${STORY}`)
  assert.equal(answer?.text, `**Слушай.** ${STORY}`)
  const drafts = calls.drafts()
  assert.ok(drafts.length >= 4, `${drafts.length} drafts`)
  for (const [index, { text, params }] of drafts.entries()) {
    assert.ok(`Слушай. ${STORY}`.startsWith(text), text)
    assert.ok(index === 0 || text.length > (drafts[index - 1]?.text.length ?? 0), 'longer than the one before')
    assert.deepEqual([params.can_stop, params.keep_on_stop], [true, true])
    assert.equal(params.draft_id, draftIdOf(await turnOf(someone, 'Что за окном?')))
  }
  assert.deepEqual(drafts.at(-1)?.params.entities, [{ type: 'bold', offset: 0, length: 7 }])
  assert.equal(telegram.draft(someone.id), null)
  const order = calls.all().map(({ method }) => method)
  const expected = ['sendChatAction', ...drafts.map(() => 'sendMessageDraft'), 'sendMessage']
  assert.deepEqual(order, expected, 'in this order, and nothing after the message')
})

test('answer upon answer in one chat: Telegram never has to say that it is too much', async (t) => {
  const someone = await botTalker(world, t)
  const calls = callsOf(world, someone)
  model.control({ text: drops(10), delayMsPerWord: 80 })
  for (let count = 1; count <= 12; count += 1) {
    someone.bot.send(`вопрос ${count}`)
    await endOf(someone, `вопрос ${count}`)
  }
  const counted = [...calls.typing(), ...calls.drafts()]
  assert.ok(counted.length >= 15, `${counted.length} calls`)
  assert.deepEqual(
    counted.filter(({ outcome }) => outcome !== 'ok'),
    [],
  )
})

test('Stop in Telegram: what was shown is kept, the same in the chat and in the history, and paid once', async (t) => {
  const someone = await botTalker(world, t)
  model.control({ text: drops(200) })
  const page = await someone.app.watch()
  someone.bot.send('Расскажи длинно')
  const { draftId } = await grownTo(world, someone, 'капля5')
  telegram.stopDraft(someone.id)
  const { state, answer } = await endOf(someone, 'Расскажи длинно')
  assert.equal(state, 'done')
  assert.ok(answer)
  assert.ok(answer.text.startsWith(drops(5)) && answer.text.length < drops(200).length)
  await someone.bot.hears((text) => text === answer.text)
  const shown = await page.next('message', ({ role, turn }) => role === 'assistant' && turn?.id === answer.turn?.id)
  assert.equal(shown.text, answer.text)
  assert.equal((await someone.app.me()).credits.basic, 49)
  assert.equal(telegram.draft(someone.id), null)
  // The same Stop once more, when its turn is over, stops nobody's next answer.
  telegram.pushUpdate({ stopped_message_generation: { chat: chatOf(someone.id), draft_id: draftId } }, someone.id)
  model.control({ text: drops(5) })
  someone.bot.send('А коротко?')
  assert.equal((await endOf(someone, 'А коротко?')).answer?.text, drops(5))
})

test('Stop from the page is the same deed', async (t) => {
  const someone = await botTalker(world, t)
  model.control({ text: drops(200) })
  someone.bot.send('Расскажи длинно')
  await grownTo(world, someone, 'капля5')
  const turnId = await turnOf(someone, 'Расскажи длинно')
  assert.equal((await someone.app.client.call(`/api/turns/${turnId}/cancel`, { method: 'POST' })).status, 202)
  const { answer } = await endOf(someone, 'Расскажи длинно')
  assert.ok(answer && answer.text.length < drops(200).length)
  await someone.bot.hears((text) => text === answer.text)
  assert.equal((await someone.app.me()).credits.basic, 49)
})

test('stopped before anything was shown: nothing is sent, nothing is paid; one that waits is stopped without a word', async (t) => {
  const someone = await botTalker(world, t)
  const calls = callsOf(world, someone)
  model.control({ hold: true })
  calls.forget()
  someone.bot.send('первый')
  await waitFor(() => calls.typing().length > 0, { what: 'typing' })
  someone.bot.send('второй')
  const [first, second] = [await turnOf(someone, 'первый'), await turnOf(someone, 'второй')]
  await someone.app.client.call(`/api/turns/${second}/cancel`, { method: 'POST' })
  assert.equal((await endOf(someone, 'второй')).state, 'cancelled')
  const stop = { stopped_message_generation: { chat: chatOf(someone.id), draft_id: draftIdOf(first) } }
  telegram.pushUpdate(stop, someone.id)
  assert.equal((await endOf(someone, 'первый')).state, 'cancelled')
  model.control({ hold: false, text: 'Я здесь.' })
  someone.bot.send('третий')
  await someone.bot.hears((text) => text === 'Я здесь.')
  assert.deepEqual(
    calls.sends().map(({ text }) => text),
    ['Я здесь.'],
  )
  assert.equal((await someone.app.me()).credits.basic, 49)
})

test('a Stop with somebody else’s draft, or from a group, stops nothing', async (t) => {
  const [someone, stranger] = [await botTalker(world, t), await botTalker(world, t)]
  someone.bot.send('Что за окном?')
  const { draftId } = await grownTo(world, someone, 'капля3')
  const group = { id: -100_200, type: 'supergroup', title: 'Двор' }
  telegram.pushUpdate({ stopped_message_generation: { chat: chatOf(stranger.id), draft_id: draftId } }, stranger.id)
  telegram.pushUpdate({ stopped_message_generation: { chat: group, draft_id: draftId } }, group.id)
  telegram.pushUpdate({ stopped_message_generation: { chat: chatOf(someone.id), draft_id: draftId + 1 } }, someone.id)
  assert.equal((await endOf(someone, 'Что за окном?')).answer?.text, drops(40))
})

test('a model that breaks off after its first words: the draft goes, the chat is told, nothing is paid', async (t) => {
  const someone = await botTalker(world, t)
  model.control({ failures: [{ kind: 'reset-midstream', times: null }] })
  someone.bot.send('Что за окном?')
  await grownTo(world, someone, 'капля3')
  assert.equal((await endOf(someone, 'Что за окном?')).state, 'failed')
  assert.deepEqual(buttonsOf(await someone.bot.bearing((text) => text === 'Повторить')), ['Повторить'])
  assert.equal(telegram.draft(someone.id), null)
  assert.equal((await someone.app.me()).credits.basic, 50)
})

test('drafts that hang or break cost the reply nothing but its growing', async (t) => {
  model.control({ delayMsPerWord: 30 })
  const kinds = ['hang', '500', 'html', 'reset'] as const
  const people = await Promise.all(kinds.map(async (kind) => ({ kind, someone: await botTalker(world, t) })))
  for (const { kind, someone } of people) {
    telegram.faults.add({ kind, method: 'sendMessageDraft', chatId: someone.id })
    someone.bot.send('Что за окном?')
  }
  for (const { kind, someone } of people) {
    await someone.bot.hears((text) => text === drops(40), { what: `the reply, with drafts that end in ${kind}` })
    const { sends, drafts } = callsOf(world, someone)
    assert.equal(sends().filter(({ text }) => text.includes('капля1')).length, 1, kind)
    assert.ok(drafts().length <= 2, `${kind}: quiet for a while after the first`)
  }
})

test('a flood wait is waited out to its second, and the reply does not wait for it', async (t) => {
  const someone = await botTalker(world, t)
  const calls = callsOf(world, someone)
  telegram.faults.add({ kind: '429', retryAfterSeconds: 2, method: 'sendMessageDraft', chatId: someone.id, times: 1 })
  calls.forget()
  someone.bot.send('Что за окном?')
  await someone.bot.hears((text) => text === drops(40))
  const [refused, next] = calls.drafts()
  assert.equal(refused?.outcome, 429)
  assert.ok(next && next.atMs - (refused?.atMs ?? 0) >= 2_000, 'quiet for two seconds')
})

function chatOf(id: number) {
  return { id, type: 'private', first_name: 'Вера' }
}
