import assert from 'node:assert/strict'
import { beforeEach, type TestContext, test } from 'node:test'
import { loadTexts } from '#platform/texts'
import { createVault } from '#platform/vault'
import { Person } from '#test/people'
import { waitFor } from '#test/wait-for'
import { startWorld } from '#test/world'
import { canaryOf } from '../../src/domain/replies/guard/canary.ts'
import { LOCALES_FOLDER } from '../../src/processes/places.ts'
import { MASTER_KEY } from '../harness/vitte.ts'
import { botChat } from './bot-chat.ts'
import { botTalker, notToBeAsked } from './bot-steps.ts'
import { drops, endOf, grownTo } from './growing-steps.ts'
import { startModeration } from './moderation-stand-in.ts'
import { booksHold, promptsSince } from './safety-steps.ts'

// A66 and what stands beside it: the talk in which somebody is in danger, and the replies that must not be.

const SLOW_MS = 60
const NOT_FOR_ANYBODY = 'секс со школьницей'

/** What the moderation service hears, and what it makes of it. */
const heard: string[] = []
const moderation = await startModeration(heard)
const world = await startWorld(undefined, { env: { MODERATION_URL: moderation.url, MODERATION_KEY: 'k' } })
const { model, telegram } = world.sandbox
const texts = await loadTexts({ folder: LOCALES_FOLDER, strict: true })
const says = (key: string) => texts.say('ru', `safety-${key}`)

let people = 0

beforeEach(() => model.control({ text: null, delayMsPerWord: 0, failures: [], hold: false, mode: 'character' }))

async function reader(t: TestContext, personaId = 'arina'): Promise<Person> {
  people += 1
  const person = new Person(world.vitte.url, t)
  await person.signInByMail(world.sandbox, `safe-${people}@example.org`)
  await person.confirmAdult()
  await person.startConversation(personaId)
  return person
}

test('A66 who does not want to live hears from the product where people answer, free of charge, and the model hears nothing', async (t) => {
  const someone = await botTalker(world, t)
  const before = await someone.app.me()
  const calls = model.calls().length
  someone.bot.send('Я больше не хочу жить')
  const { state, answer } = await endOf(someone, 'Я больше не хочу жить')
  assert.equal(state, 'done')
  assert.equal(answer?.turn?.code, 'crisis')
  assert.ok(answer.text.startsWith(says('crisis-self_harm')), answer.text)
  assert.match(answer.text, /\d{3}/)
  await someone.bot.hears((text) => text.startsWith(says('crisis-self_harm')))
  assert.deepEqual((await someone.app.me()).credits, before.credits)
  assert.deepEqual(promptsSince(world, calls), [])
  await booksHold(world)
})

test('the next question is the companion’s again, who is asked to be gentle and does not take those words for her own', async (t) => {
  const person = await reader(t)
  const help = await person.talk('муж меня бьет')
  assert.ok(help.text.startsWith(says('crisis-violence')))
  const calls = model.calls().length
  const next = await person.talk('Спасибо, что ответили')
  assert.equal(next.turn?.code, undefined)
  const [prompt] = promptsSince(world, calls)
  assert.match(prompt ?? '', /Будь бережнее/)
  assert.ok(prompt?.includes('муж меня бьет'), prompt)
  assert.ok(!prompt?.includes(says('crisis-violence')))
})

test('help costs nothing and so is there for who has no credits, while everything else waits for credits', async (t) => {
  // A web user has no credits of her kind.
  const person = await reader(t, 'cassandra')
  assert.equal((await person.post('Как дела?')).status, 402)
  assert.equal((await person.talk('хочу умереть')).turn?.code, 'crisis')
})

test('who wrote of danger before there was a companion gets help lines before the question about age', async () => {
  const { id } = telegram.addPerson({ firstName: 'Новая', languageCode: 'ru' })
  telegram.sendText(id, 'хочу умереть')
  const heard = () => telegram.replies(id).map(({ wire }) => wire.text ?? '')
  await waitFor(() => heard().find((text) => text.startsWith(says('crisis-self_harm'))), { what: 'help lines' })
})

test('sexual content with minors is refused without the model, costs nothing, and stands in no prompt afterwards', async (t) => {
  const person = await reader(t)
  const { credits } = await person.me()
  const calls = model.calls().length
  const refused = await person.talk(`Опиши ${NOT_FOR_ANYBODY}`)
  assert.equal(refused.turn?.code, 'refused')
  assert.deepEqual((await person.me()).credits, credits)
  await person.talk('Ладно, а как погода?')
  assert.equal(promptsSince(world, calls).length, 1)
  assert.ok(!promptsSince(world, calls).some((prompt) => prompt.includes(NOT_FOR_ANYBODY)))
  await booksHold(world)
})

test('a reply in which the model writes it is broken off, taken back from the page and replaced, free of charge', async (t) => {
  const person = await reader(t)
  const page = await person.watch()
  const { credits } = await person.me()
  model.control({ text: `${drops(40)} ${NOT_FOR_ANYBODY} ${drops(400)}`, delayMsPerWord: SLOW_MS })
  const { turnId } = await person.ask('Расскажи что-нибудь')
  const line = await page.next('message', ({ role, turn }) => role === 'assistant' && turn?.id === turnId)
  assert.equal(line.turn?.code, 'refused')
  assert.ok(line.text.startsWith(says('refused')), line.text)
  const begun = page.all('reply.started').filter((event) => event.turnId === turnId)
  const shown = page.all('reply.delta').filter((event) => event.turnId === turnId)
  assert.ok(shown.length > 0, 'it was growing')
  assert.ok(begun.length >= 2, 'what had grown was discarded')
  assert.ok(!(await person.history()).some(({ text }) => text.includes(NOT_FOR_ANYBODY) || text.includes('капля1 ')))
  assert.deepEqual((await person.me()).credits, credits)
  await booksHold(world)
})

test('the same in the bot: nothing of it stays in the chat', async (t) => {
  const someone = await botTalker(world, t)
  await notToBeAsked(someone.app)
  model.control({ text: `${drops(40)} ${NOT_FOR_ANYBODY} ${drops(400)}`, delayMsPerWord: SLOW_MS })
  someone.bot.send('Расскажи что-нибудь')
  await grownTo(world, someone, 'капля5')
  const { answer } = await endOf(someone, 'Расскажи что-нибудь', { deadlineMs: 30_000 })
  assert.equal(answer?.turn?.code, 'refused')
  await someone.bot.hears((text) => text.startsWith(says('refused')))
  assert.ok(!someone.bot.texts().some((text) => text.includes('капля')))
  assert.equal(telegram.draft(someone.id), null)
})

test('where drafts are refused, the message that stood in for it goes', async (t) => {
  const someone = await botTalker(world, t)
  await notToBeAsked(someone.app)
  const description = 'Bad Request: TEXTDRAFT_PEER_INVALID'
  telegram.faults.add({ kind: 'error', errorCode: 400, description, method: 'sendMessageDraft', chatId: someone.id })
  t.after(() => telegram.faults.clear())
  model.control({ text: `${drops(40)} ${NOT_FOR_ANYBODY} ${drops(400)}`, delayMsPerWord: SLOW_MS })
  someone.bot.send('Расскажи что-нибудь')
  await someone.bot.hears((text) => text.includes('капля5'))
  const { answer } = await endOf(someone, 'Расскажи что-нибудь', { deadlineMs: 30_000 })
  assert.equal(answer?.turn?.code, 'refused')
  await someone.bot.hears((text) => text.startsWith(says('refused')))
  await waitFor(() => !someone.bot.texts().some((text) => text.includes('капля')), { what: 'the stand-in to go' })
})

test('asked sincerely, a companion says to be an AI, whatever the model says', async (t) => {
  const person = await reader(t)
  const page = await person.watch()
  const calls = model.calls().length
  model.control({ text: 'Что ты, я живой человек. Сижу у окна и дышу.' })
  const { turnId } = await person.ask('Скажи честно, ты бот?')
  const line = await page.next('message', ({ role, turn }) => role === 'assistant' && turn?.id === turnId)
  assert.equal(line.text, says('is-ai'))
  assert.equal(line.turn?.code, undefined)
  const deltas = page.all('reply.delta').filter((event) => event.turnId === turnId)
  assert.equal(deltas.at(-1)?.text, says('is-ai'), 'what was shown last is what stands')
  assert.match(promptsSince(world, calls)[0] ?? '', /спрашивает, кто ему пишет/)
})

test('unasked, only the sentence that denies it is put right, and the reply is paid like any other', async (t) => {
  const person = await reader(t)
  const { credits } = await person.me()
  model.control({ text: 'Пью чай. Я живой человек. А ты?' })
  assert.equal((await person.talk('Что делаешь?')).text, `Пью чай. ${says('is-ai')} А ты?`)
  assert.equal((await person.me()).credits.basic, credits.basic - 1)
})

test('who begins is told that companions are an AI, before anything else and again in /help', async () => {
  const { id } = telegram.addPerson({ firstName: 'Новая', languageCode: 'ru' })
  const bot = botChat(world.sandbox, id)
  bot.send('/start')
  await bot.hears((text) => text.includes('искусственного интеллекта'))
  bot.send('/help')
  await bot.hears((text) => text.includes('Это искусственный интеллект, а не человек'))
})

test('explicit content is declined by the companion, who is told so', async (t) => {
  const person = await reader(t)
  const calls = model.calls().length
  const answer = await person.talk('пришли голое фото')
  assert.equal(answer.turn?.code, undefined)
  assert.match(promptsSince(world, calls)[0] ?? '', /Откажись мягко/)
})

test('A59 the canary of this installation reaches neither page nor chat, and each time is counted', async (t) => {
  const canary = canaryOf(createVault({ masterKey: Buffer.from(MASTER_KEY, 'base64') }))
  const someone = await botTalker(world, t)
  await notToBeAsked(someone.app)
  const page = await someone.app.watch()
  const calls = model.calls().length
  model.control({ text: `Мой знак ${[...canary].join(' ')} и ещё ${canary}. ${drops(20)}`, delayMsPerWord: SLOW_MS })
  someone.bot.send('Какой у тебя знак?')
  const { answer } = await endOf(someone, 'Какой у тебя знак?')
  assert.equal(answer?.text, `Мой знак  и ещё . ${drops(20)}`)
  assert.ok(promptsSince(world, calls)[0]?.includes(canary), 'it stands in the prompt')
  assert.ok(!JSON.stringify(page.events).includes(canary))
  assert.ok(!JSON.stringify(telegram.calls({ chatId: someone.id })).includes(canary))
  const { body } = await new Person(world.vitte.url, t).client.call<string>('/metrics')
  assert.match(String(body), /vitte_canaries_caught_total 2/)
})

test('what no pattern foresaw the moderation service hears; what a pattern hears it is not told', async (t) => {
  const person = await reader(t)
  heard.length = 0
  assert.equal((await person.talk('серый океан зовёт меня')).turn?.code, 'crisis')
  assert.equal((await person.talk('хочу умереть')).turn?.code, 'crisis')
  assert.deepEqual(heard, ['серый океан зовёт меня'])
  await booksHold(world)
})

test('a moderation service that fails is in nobody’s way', async (t) => {
  const person = await reader(t)
  assert.equal((await person.talk('сломайся, пожалуйста')).turn?.code, undefined)
})

test('after all of it the books hold', () => booksHold(world))
