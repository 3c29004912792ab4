import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Person } from '#test/people'
import { atEnd, type Scope } from '#test/scope'
import { waitFor } from '#test/wait-for'
import type { World } from '#test/world'
import { type BotChat, botChat } from '../journeys/bot-chat.ts'
import { assertWhole } from '../journeys/link-steps.ts'
import { type Known, type Reader, startReader } from '../simulate/storm/reader.ts'
import { answeredOnce } from './answered-once.ts'

/** A page asks again after this, with the same key, when it was not answered. */
const REPEAT_PAUSE_MS = 200
/** A minute of silence is no pause. */
const REPEATS_MAX = 300
/** A chat takes a message a second; slower on a page than anybody types. */
const BETWEEN_MS = 3_000

/** Somebody with an open page and a chat with the bot, both on one conversation. */
export interface Talker {
  name: string
  userId: string
  site: Person
  bot: BotChat
  page: Reader
  known: Known
  said: { browser: string[]; bot: string[] }
  /** How often the page had to send something again by itself. */
  repeated: number
}

export async function meetTalker(world: World, url: string, scope: Scope, name: string): Promise<Talker> {
  const { id } = world.sandbox.telegram.addPerson({ firstName: 'Вера', languageCode: 'ru' })
  const site = new Person(url, scope)
  const user = await site.signInByWidget(world.sandbox, id)
  await site.confirmAdult()
  await site.startConversation('arina')
  const known = { name, latestSeq: (await site.history()).at(-1)?.seq ?? 0 }
  const page = startReader(site, known, { live: [], catchUp: [] })
  atEnd(scope, page.leave)
  const said = { browser: [], bot: [] }
  return { name, userId: user.id, site, bot: botChat(world.sandbox, id), page, known, said, repeated: 0 }
}

/** Asks on the page, and again with the same key until it was accepted, as the page does by itself. */
export async function askOnPage(talker: Talker, text: string): Promise<void> {
  talker.said.browser.push(text)
  const key = randomUUID()
  const accepted = async () => (await talker.site.post(text, key).catch(() => null))?.status === 202
  for (let repeats = 0; !(await accepted()); repeats += 1) {
    assert.ok(repeats < REPEATS_MAX, `"${text}" is never accepted`)
    talker.repeated += 1
    await sleep(REPEAT_PAUSE_MS)
  }
}

export function askInBot({ said, bot }: Talker, text: string): void {
  said.bot.push(text)
  bot.send(text)
}

/** Talks on the page and in the bot without a pause until `stop` says that all was asked. */
export function keepTalking(talker: Talker): { stop(): Promise<void> } {
  let leaving = false
  const talking = (async () => {
    for (let question = 1; !leaving; question += 1) {
      askInBot(talker, `${talker.name} в боте ${question}`)
      await askOnPage(talker, `${talker.name} на сайте ${question}`)
      await sleep(BETWEEN_MS)
    }
  })()
  return {
    async stop() {
      leaving = true
      await talking
    },
  }
}

/**
 * Everything that was said is there once and answered once where it was asked, each lane in its order, the books are exact,
 * the chat was shown each answer once, and the open page was told every line once and in order.
 */
export async function proveTalker(world: World, talker: Talker): Promise<void> {
  const { site, bot, said, page, known } = talker
  const history = await site.history()
  for (const place of ['browser', 'bot'] as const) {
    const turns: string[] = []
    for (const text of said[place]) turns.push(await answeredOnce(world, history, { place, text }))
    const answers = history.filter((line) => line.role === 'assistant' && line.interface === place && line.turn)
    assert.deepEqual(
      answers.map(({ turn }) => turn?.id),
      turns,
      `${talker.name}: the answers stand in the order of the questions`,
    )
  }
  for (const text of said.bot) assert.equal(bot.texts().filter((shown) => shown === text).length, 1, text)
  await assertWhole(world, site, talker.userId)
  await waitFor(() => page.seqs.at(-1) === history.at(-1)?.seq, { what: `the page of ${known.name} has every line` })
  const [first = 0] = page.seqs
  assert.deepEqual(
    page.seqs,
    page.seqs.map((_, index) => first + index),
    `${talker.name}: the page was told each line once and in order`,
  )
  // Whoever comes back in the very moment of a change may find nobody, and comes again.
  const surprises = page.surprises.filter((surprise) => !surprise.endsWith('answered 502'))
  assert.deepEqual(surprises, [])
}
