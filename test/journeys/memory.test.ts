import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { Fact } from '#contract/api'
import { FACT_TEXT_MAX_LENGTH } from '#contract/limits'
import { Person } from '#test/people'
import { waitFor } from '#test/wait-for'
import { startWorld } from '#test/world'
import { answerDigest, lastPrompt, rememberedBy } from './memory-steps.ts'

const CAT = 'Есть кот Барсик'
const SUMMARY = 'Знакомство у окна: говорили о коте и о дожде.'
/** The opening line is the first that is read, the person's own words the second. */
const OWN_LINE = 2

const world = await startWorld()
const { model } = world.sandbox
model.control({ mode: 'echo' })
let people = 0

async function talker(t: TestContext, personaId = 'arina'): Promise<Person> {
  people += 1
  const person = new Person(world.vitte.url, t)
  await person.signInByMail(world.sandbox, `memory${people}@example.org`)
  await person.confirmAdult()
  await person.startConversation(personaId)
  return person
}

/** Somebody who has told of the cat, and whose companion has it in mind. */
async function owner(t: TestContext): Promise<{ person: Person; fact: Fact }> {
  const person = await talker(t)
  answerDigest(world.sandbox, SUMMARY, [{ line: OWN_LINE, text: CAT }])
  await person.talk('У меня живёт кот, Барсик')
  return { person, fact: await rememberedBy(person, CAT) }
}

const edit = (person: Person, id: string, text: string) =>
  person.client.call<{ fact: Fact; code?: string }>(`/api/memory/${id}`, { method: 'PATCH', body: { text } })
const forget = (person: Person, id: string) => person.client.call(`/api/memory/${id}`, { method: 'DELETE' })

test('what the person told is remembered, points to their own line, and is in the next prompt with the summary', async (t) => {
  const { person, fact } = await owner(t)
  const told = (await person.history()).find(({ id }) => id === fact.messageId)
  assert.deepEqual([told?.role, told?.text], ['user', 'У меня живёт кот, Барсик'])
  await person.talk('Как он там?')
  assert.ok(lastPrompt(world.sandbox).includes(CAT))
  assert.ok(lastPrompt(world.sandbox).includes(SUMMARY))
})

test('what the companion said is no fact about the person, and the same is not kept twice', async (t) => {
  const { person } = await owner(t)
  answerDigest(world.sandbox, SUMMARY, [
    { line: 1, text: 'Есть кот, Барсик.' },
    { line: 2, text: 'Любит старую бумагу' },
    { line: 99, text: 'Из воздуха' },
    { line: 1, text: 'Боится грозы' },
  ])
  await person.talk('Я боюсь грозы')
  await rememberedBy(person, 'Боится грозы')
  assert.deepEqual(
    (await person.memory()).map(({ text }) => text),
    [CAT, 'Боится грозы'],
  )
})

test('an open page is told that something is remembered', async (t) => {
  const person = await talker(t)
  const page = await person.watch()
  answerDigest(world.sandbox, SUMMARY, [{ line: OWN_LINE, text: CAT }])
  await person.talk('У меня живёт кот, Барсик')
  await person.memory()
  await page.next('memory')
  assert.equal((await person.memory())[0]?.text, CAT)
})

test('a fact that the person rewrites is told in the new words', async (t) => {
  const { person, fact } = await owner(t)
  const { status, body } = await edit(person, fact.id, '  Есть пёс Барс  ')
  assert.deepEqual([status, body.fact.text, body.fact.messageId], [200, 'Есть пёс Барс', fact.messageId])
  await person.talk('Как он?')
  assert.ok(lastPrompt(world.sandbox).includes('Есть пёс Барс'))
  assert.ok(!lastPrompt(world.sandbox).includes(CAT))
})

test('a forgotten fact is in no prompt any more: neither itself, nor the summary, nor the line it came from, nor the answer', async (t) => {
  const { person, fact } = await owner(t)
  assert.equal((await forget(person, fact.id)).status, 204)
  assert.deepEqual(await person.memory(), [])
  await person.talk('О чём поговорим?')
  const prompt = lastPrompt(world.sandbox)
  for (const gone of [CAT, SUMMARY, 'У меня живёт кот']) assert.ok(!prompt.includes(gone), gone)
  assert.equal((await forget(person, fact.id)).status, 404, 'there is nothing to forget twice')
  const history = await person.history()
  assert.ok(
    history.some(({ text }) => text === 'У меня живёт кот, Барсик'),
    'the history is the person’s own',
  )
})

test('what is read anew after forgetting leaves that line out, and the same fact is not drawn again', async (t) => {
  const { person, fact } = await owner(t)
  await forget(person, fact.id)
  answerDigest(world.sandbox, 'Говорили о погоде.', [
    { line: OWN_LINE, text: 'есть кот, Барсик!' },
    { line: OWN_LINE, text: 'Любит дождь' },
  ])
  await person.talk('Люблю дождь')
  await world.database.pool.query('UPDATE memories SET due_at = now() WHERE due_at IS NOT NULL')
  await rememberedBy(person, 'Любит дождь')
  const read = model.digests().map(({ messages }) => JSON.stringify(messages))
  const anew = read.filter((text) => text.includes('Люблю дождь'))
  assert.ok(anew.length > 0)
  assert.ok(anew.every((text) => !text.includes('Барсик')))
  assert.deepEqual(
    (await person.memory()).map(({ text }) => text),
    ['Любит дождь'],
  )
})

test('nothing of an archived conversation is in any prompt, and restoring brings its memory back', async (t) => {
  const { person } = await owner(t)
  const first = (await person.me()).conversation
  await person.startConversation('arina')
  assert.deepEqual(await person.memory(), [])
  await person.talk('Начнём сначала')
  for (const gone of [CAT, SUMMARY, 'кот, Барсик']) assert.ok(!lastPrompt(world.sandbox).includes(gone), gone)
  await person.restoreConversation(first?.id ?? '')
  assert.deepEqual(
    (await person.memory()).map(({ text }) => text),
    [CAT],
  )
  await person.talk('Я снова здесь')
  assert.ok(lastPrompt(world.sandbox).includes(CAT))
  assert.ok(!lastPrompt(world.sandbox).includes('Начнём сначала'))
})

test('another companion knows nothing of it', async (t) => {
  const person = new Person(world.vitte.url, t)
  await person.openMiniApp(world.sandbox, world.sandbox.telegram.addPerson({ firstName: 'Ира', languageCode: 'ru' }).id)
  await person.confirmAdult()
  await person.startConversation('arina')
  answerDigest(world.sandbox, SUMMARY, [{ line: OWN_LINE, text: CAT }])
  await person.talk('У меня живёт кот, Барсик')
  await rememberedBy(person, CAT)
  await person.startConversation('cassandra')
  assert.deepEqual(await person.memory(), [])
  await person.talk('Что скажут карты?')
  assert.ok(!lastPrompt(world.sandbox).includes('Барсик'))
})

test('a model that answers nonsense, or not at all, holds up no reply; the talk is read again later', async (t) => {
  const person = await talker(t)
  model.control({ digest: { text: 'Не буду.' } })
  const before = model.digests().length
  await person.talk('У меня живёт кот, Барсик')
  await person.memory()
  await waitFor(() => model.digests().length > before, { what: 'the first try' })
  await person.talk('Ты здесь?')
  model.control({ digest: { failures: [{ kind: '500', times: 20 }], text: null } })
  await person.talk('А теперь?')
  model.control({ digest: { failures: [] } })
  answerDigest(world.sandbox, SUMMARY, [{ line: OWN_LINE, text: CAT }])
  await world.database.pool.query('UPDATE memories SET due_at = now() WHERE due_at IS NOT NULL')
  await rememberedBy(person, CAT)
})

test('bad input: too long, empty, not text, somebody else’s: a clear answer, and nothing changes', async (t) => {
  const { person, fact } = await owner(t)
  const long = await edit(person, fact.id, 'я'.repeat(100_000))
  assert.deepEqual([long.status, long.body.code], [422, 'fact_too_long'])
  assert.equal((await edit(person, fact.id, 'я'.repeat(FACT_TEXT_MAX_LENGTH + 1))).status, 422)
  assert.equal((await edit(person, fact.id, '   ')).status, 422)
  assert.equal((await edit(person, fact.id, '\u0000')).status, 422)
  const stranger = await talker(t)
  assert.equal((await edit(stranger, fact.id, 'Чужое')).status, 404)
  assert.equal((await forget(stranger, fact.id)).status, 404)
  assert.deepEqual(
    (await person.memory()).map(({ text }) => text),
    [CAT],
  )
})

test('I12: nothing of it lies in the database in the clear', async (t) => {
  await owner(t)
  const { rows } = await world.database.pool.query<{ sealed: string }>(
    "SELECT encode(sealed_text, 'escape') AS sealed FROM facts WHERE sealed_text IS NOT NULL UNION ALL SELECT encode(sealed_summary, 'escape') FROM memories WHERE sealed_summary IS NOT NULL",
  )
  assert.ok(rows.length > 0)
  const bytes = (text: string) => [...Buffer.from(text)].map((byte) => `\\${byte.toString(8)}`).join('')
  assert.ok(rows.every(({ sealed }) => !sealed.includes(bytes('кот'))))
})
