import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { Person } from '#test/people'
import { waitFor } from '#test/wait-for'
import { startWorld, type World } from '#test/world'
import type { FailureKind } from '../../sandbox/model/index.ts'
import { botChat } from '../journeys/bot-chat.ts'
import { answeredOnce } from './answered-once.ts'

/** What happens before anything of an answer is shown. */
const BEFORE_THE_FIRST_WORD: FailureKind[] = [
  '429',
  '500',
  '503',
  'html',
  'reset',
  'hang-before-headers',
  'hang-before-first-token',
  'empty',
]
const FALLBACK = 'other'
/** Nobody in these tests waits for the end of this. */
const FOR_EVER_MS = '600000'
const APOLOGY = 'не получился'
const WITHIN = { deadlineMs: 30_000, pauseMs: 50 }
/** More than a breaker bears in a row. */
const CALLS_FAILED = 10
/** While a breaker is open one call may try. */
const PROBES_MAX = 1

async function meet(world: World, t: TestContext) {
  const { id } = world.sandbox.telegram.addPerson({ firstName: 'Вера', languageCode: 'ru' })
  const site = new Person(world.vitte.url, t)
  await site.signInByWidget(world.sandbox, id)
  await site.confirmAdult()
  await site.startConversation('arina')
  return { site, bot: botChat(world.sandbox, id) }
}

test('with another model at hand whatever befalls the first one before its first word is not noticed', async (t) => {
  const env = { LLM_FALLBACK_MODEL: `openai-compatible:${FALLBACK}`, LLM_FIRST_TOKEN_TIMEOUT_MS: '3000' }
  const world = await startWorld(t, { env })
  const { model } = world.sandbox
  model.control({ mode: 'echo' })
  const { site, bot } = await meet(world, t)
  for (const kind of BEFORE_THE_FIRST_WORD) {
    const [asked, written] = [`на странице при ${kind}`, `в боте при ${kind}`]
    model.control({ failures: [{ kind, times: null, model: 'demo' }] })
    bot.send(written)
    await site.talk(asked, WITHIN)
    await bot.hears((text) => text === written, WITHIN)
    for (const text of [asked, written]) {
      const calls = model.calls().filter(({ messages }) => messages.at(-1)?.content === text)
      assert.deepEqual(
        [calls[0]?.model, calls.at(-1)?.model, calls.at(-1)?.outcome],
        ['demo', FALLBACK, 'answered'],
        text,
      )
    }
  }
  await waitFor(async () => (await site.history()).every(({ delivery }) => delivery?.status !== 'pending'))
  const history = await site.history()
  for (const kind of BEFORE_THE_FIRST_WORD) {
    await answeredOnce(world, history, { place: 'browser', text: `на странице при ${kind}` })
    await answeredOnce(world, history, { place: 'bot', text: `в боте при ${kind}` })
  }
  assert.ok(!bot.texts().some((text) => text.includes(APOLOGY)))
})

test('a model that does not answer some people keeps nobody else waiting', async (t) => {
  const world = await startWorld(t, { env: { LLM_FIRST_TOKEN_TIMEOUT_MS: FOR_EVER_MS, LLM_TIMEOUT_MS: FOR_EVER_MS } })
  const { model } = world.sandbox
  const hangs: FailureKind[] = ['hang-before-headers', 'hang-before-first-token', 'hang-midstream']
  model.control({ mode: 'echo', failures: hangs.map((kind) => ({ kind, times: null, question: kind })) })
  const people = await Promise.all(hangs.map(() => meet(world, t)))
  const questions = people.map(({ site }, index) => site.ask(`мне достанется ${hangs[index]}, и это надолго`))
  await Promise.all(questions)
  await waitFor(() => model.calls().length === hangs.length)
  const other = await meet(world, t)
  await other.site.talk('а мне?')
  other.bot.send('а здесь?')
  await other.bot.hears((text) => text === 'а здесь?')
  // Nor are those who wait kept from anything else.
  const [waiting] = people
  waiting?.bot.send('а пока здесь?')
  await waiting?.bot.hears((text) => text === 'а пока здесь?')
  assert.equal(model.calls().filter(({ outcome }) => outcome === 'running').length, hangs.length)
  model.reset()
})

test('all models away: after ten failures nobody is asked any more, and people are told at once', async (t) => {
  const world = await startWorld(t, {
    env: {
      LLM_FALLBACK_MODEL: `openai-compatible:${FALLBACK}`,
      LLM_FIRST_TOKEN_TIMEOUT_MS: FOR_EVER_MS,
      LLM_TIMEOUT_MS: FOR_EVER_MS,
    },
  })
  const { model } = world.sandbox
  const people = await Promise.all(Array.from({ length: 4 }, () => meet(world, t)))
  model.control({ mode: 'echo', failures: [{ kind: '503', times: null }] })
  const apologies = () => people.filter(({ bot }) => bot.texts().some((text) => text.includes(APOLOGY))).length
  const [first, second, ...others] = people
  first?.bot.send('есть кто?')
  second?.bot.send('и у меня тишина')
  await waitFor(() => apologies() === 2, WITHIN)
  assert.equal(model.calls().length, CALLS_FAILED)

  // Whoever came through to the model now would wait for ever.
  model.control({ failures: [{ kind: 'hang-before-headers', times: null }] })
  for (const { bot } of others) bot.send('а я?')
  const pages = await Promise.all(people.map(({ site }) => site.ask('а на странице?')))
  const failed = async () => {
    const { rows } = await world.database.pool.query(`SELECT count(*)::integer AS n FROM turns WHERE state = 'failed'`)
    return rows[0]?.n
  }
  const probes = () => model.calls().length - CALLS_FAILED
  await waitFor(async () => (await failed()) + probes() === people.length + pages.length, WITHIN)
  assert.ok(probes() <= PROBES_MAX, `${probes()} more calls`)
  model.reset()
})
