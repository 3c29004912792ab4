import assert from 'node:assert/strict'
import { randomInt, randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { Person } from '#test/people'
import { startVitte, type Vitte } from '#test/vitte'
import { waitFor } from '#test/wait-for'
import { startWorld, type World } from '#test/world'
import { enterBot } from '../journeys/bot-chat.ts'
import type { LedgerEntries } from './ledger-entries.ts'

const MASHA = 700_000_001
/** Longer than a question needs to its delivery on a busy machine: chance picks the moment, the named steps are met elsewhere. */
const MOMENTS_MAX_MS = 250
const RECOVERED_MS = 30_000

/** Embedded PostgreSQL, so that it can die together with the process. */
async function house(t: TestContext) {
  const world = await startWorld(t, { env: { DATABASE_URL: '' } })
  world.sandbox.model.control({ mode: 'echo', delayMsPerWord: 5 })
  await enterBot(world.sandbox, MASHA)
  const site = new Person(world.vitte.url, t)
  await site.signInByWidget(world.sandbox, MASHA)
  await site.startConversation('arina')
  return { world, site }
}

async function killHard(vitte: Vitte, withPostgres: boolean): Promise<void> {
  const pidFile = join(vitte.env.DATA_DIR ?? '', 'postgres', 'postmaster.pid')
  const postgres = Number((await readFile(pidFile, 'utf8')).split('\n')[0])
  await vitte.kill('SIGKILL')
  if (withPostgres) process.kill(postgres, 'SIGKILL')
}

/** Everything asked is answered once, paid once, and shown once more at most where an attempt was cut off. */
async function proveOnce({ site, asked, world }: { site: Person; asked: string[]; world: World }) {
  const history = await waitFor(
    async () => {
      const lines = await site.history()
      return lines.filter(({ role, turn }) => role === 'assistant' && turn).length >= asked.length ? lines : null
    },
    { deadlineMs: RECOVERED_MS, what: `answers to ${asked.length} questions` },
  )
  for (const text of asked) {
    const lines = history.filter((line) => line.role === 'user' && line.text === text)
    assert.equal(lines.length, 1, text)
    const answers = history.filter(({ role, turn }) => role === 'assistant' && turn?.id === lines[0]?.turn?.id)
    assert.equal(answers.length, 1, text)
  }
  const { entries } = (await site.client.call<LedgerEntries>('/api/credits/entries?limit=100')).body
  const spent = entries.filter(({ type }) => type === 'basic').reduce((sum, { amount }) => sum + amount, 0)
  assert.equal(spent, 50 - asked.length)
  const inBot = asked.filter((text) => text.startsWith('бот'))
  const sends = () => world.sandbox.telegram.replies(MASHA).filter(({ wire }) => wire.text?.startsWith('бот'))
  await waitFor(() => sends().length >= inBot.length, { deadlineMs: RECOVERED_MS, what: 'answers in the bot' })
}

test('killed at any moment together with its PostgreSQL, everything is finished once', async (t) => {
  const { world, site } = await house(t)
  const momentMs = randomInt(MOMENTS_MAX_MS)
  const [question, key] = [`сайт после ${momentMs} мс`, randomUUID()]
  world.sandbox.telegram.sendText(MASHA, 'бот')
  // The page repeats what was not answered, with the same key.
  const first = site.post(question, key).catch(() => null)
  await sleep(momentMs)
  await killHard(world.vitte, true)
  await first
  await startVitte(t, world.vitte.env)
  assert.equal((await site.post(question, key)).status, 202)
  await proveOnce({ site, asked: [question, 'бот'], world })
})

test('killed while the model answers: the page is told that the answer begins anew, and pays once', async (t) => {
  const { world, site } = await house(t)
  world.sandbox.model.control({ delayMsPerWord: 50, text: 'раз два три четыре пять шесть семь восемь девять десять' })
  const page = await site.watch()
  const { turnId } = await site.ask('долгий вопрос')
  await page.next('reply.delta', ({ offset }) => offset > 0)
  await killHard(world.vitte, false)
  await startVitte(t, world.vitte.env)
  const again = await site.watch(page.lastId() ?? undefined)
  await again.next('message', ({ role, turn }) => role === 'assistant' && turn?.id === turnId, {
    deadlineMs: RECOVERED_MS,
  })
  assert.equal((await site.me()).credits.basic, 49)
})
