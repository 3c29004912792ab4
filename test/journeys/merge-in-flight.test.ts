import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { granted } from '#test/people'
import { waitFor } from '#test/wait-for'
import { startWorld } from '#test/world'
import { assertWhole, said, telegramUser, webUser } from './link-steps.ts'

// F34: two people become one while their questions are being answered.
const world = await startWorld()
const { model } = world.sandbox
model.control({ mode: 'echo' })

async function bothTalking(t: TestContext) {
  t.after(() => model.control({ hold: false, delayMsPerWord: 0, failures: [] }))
  const telegram = await telegramUser(world, t, ['начало в боте'])
  const web = await webUser(world, t, ['начало на сайте'])
  const { token = '' } = granted(await web.site.proveTelegram(world.sandbox, telegram.id))
  const join = async () => assert.equal(said(await web.site.confirmLink(token)), '200 linked')
  return { telegram, web, join }
}
type Both = Awaited<ReturnType<typeof bothTalking>>

/** Every question has one answer, at its own place, paid once by the one user that is left. */
async function proveAnswered({ telegram, web }: Both, asked: { text: string; place: string }[]): Promise<void> {
  const history = await waitFor(
    async () => {
      const lines = await web.site.history()
      const answered = lines.filter(({ role, turn }) => role === 'assistant' && turn?.state === 'done')
      return answered.length >= asked.length + 2 ? lines : null
    },
    { what: 'an answer to every question' },
  )
  for (const { text, place } of asked) {
    const question = history.filter((line) => line.role === 'user' && line.text === text)
    const answers = history.filter(({ role, turn }) => role === 'assistant' && turn?.id === question[0]?.turn?.id)
    assert.deepEqual([question.length, answers.length, answers[0]?.interface], [1, 1, place], text)
  }
  const inBot = asked.filter(({ place }) => place === 'bot').map(({ text }) => text)
  const heard = () => telegram.bot.texts().filter((text) => asked.some((each) => each.text === text))
  await waitFor(() => heard().length >= inBot.length)
  assert.deepEqual(heard(), inBot, 'the chat hears the answers to its own questions and no others')
  assert.equal((await web.site.me()).credits.basic, 49 + 9 - asked.length)
  await waitFor(() => assertWhole(world, web.site, telegram.userId, web.userId).then(() => true))
}

test('F34 joined before the first word: waiting and running questions are answered where they were asked', async (t) => {
  const both = await bothTalking(t)
  model.control({ hold: true })
  const asked = [
    { text: 'сайт: бегущий вопрос', place: 'browser' },
    { text: 'сайт: ждущий вопрос', place: 'browser' },
    { text: 'сайт: ещё один', place: 'browser' },
    { text: 'бот: бегущий вопрос', place: 'bot' },
    { text: 'бот: ждущий вопрос', place: 'bot' },
  ]
  for (const { text, place } of asked) {
    if (place === 'bot') both.telegram.bot.send(text)
    else await both.web.site.ask(text)
  }
  await waitFor(() => model.calls().filter(({ outcome }) => outcome === 'running').length === 2)
  await waitFor(async () => (await both.telegram.site.history()).some(({ text }) => text === 'бот: ждущий вопрос'))
  await both.join()
  model.control({ hold: false })
  await proveAnswered(both, asked)
})

test('F34 joined in mid-answer: the words go on and end as one message, paid once', async (t) => {
  const both = await bothTalking(t)
  model.control({ delayMsPerWord: 40 })
  const text = `длинный вопрос ${'слово '.repeat(30)}конец`
  const page = await both.web.site.watch()
  const { turnId } = await both.web.site.ask(text)
  await page.next('reply.delta', (delta) => delta.turnId === turnId && delta.offset > 0)
  await both.join()
  await page.ended
  const again = await both.web.site.watch()
  const soFar = await again.next('reply.delta', (delta) => delta.turnId === turnId)
  assert.equal(soFar.offset, 0)
  const answer = await again.next('message', ({ role, turn }) => role === 'assistant' && turn?.id === turnId)
  assert.equal(answer.text.trim(), text)
  await proveAnswered(both, [{ text, place: 'browser' }])
})

test('F34 a question that is cancelled after joining gives its credit back to the one user', async (t) => {
  const both = await bothTalking(t)
  model.control({ hold: true })
  const { turnId } = await both.web.site.ask('передумаю')
  await waitFor(() => model.calls().some(({ outcome }) => outcome === 'running'))
  await both.join()
  assert.equal((await both.web.site.client.call(`/api/turns/${turnId}/cancel`, { method: 'POST' })).status, 202)
  model.control({ hold: false })
  await waitFor(async () => (await both.web.site.me()).credits.basic === 49 + 9)
  await waitFor(() => assertWhole(world, both.web.site, both.telegram.userId, both.web.userId).then(() => true))
})

test('F34 questions sent while joining are kept or refused, never lost and never paid twice', async (t) => {
  const both = await bothTalking(t)
  const numbers = [1, 2, 3, 4, 5]
  for (const number of numbers) both.telegram.bot.send(`бот ${number}`)
  const posted = numbers.map((number) => both.web.site.post(`сайт ${number}`))
  const [answers] = await Promise.all([Promise.all(posted), both.join()])
  const kept = numbers.filter((_, index) => answers[index]?.status === 202)
  assert.ok(
    answers.every(({ status }) => [202, 401, 409].includes(status)),
    answers.map(said).join(),
  )
  await proveAnswered(both, [
    ...kept.map((number) => ({ text: `сайт ${number}`, place: 'browser' })),
    ...numbers.map((number) => ({ text: `бот ${number}`, place: 'bot' })),
  ])
})
