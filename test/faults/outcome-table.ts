import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { Person } from '#test/people'
import { waitFor } from '#test/wait-for'
import type { World } from '#test/world'
import { type BotChat, botChat } from '../journeys/bot-chat.ts'
import { notToBeAsked } from '../journeys/bot-steps.ts'
import { owingIn } from './owing.ts'
import type { Fate, TelegramAnswer } from './telegram-answers.ts'

/** A call that hangs is given up after twenty seconds. */
const DEADLINE_MS = 60_000

/** Somebody in the midst of a talk in the bot, to whom nothing is owed at this moment. */
export interface Listener {
  id: number
  userId: string
  bot: BotChat
  site: Person
  /** What the chat and the history of sendings held before. */
  before: { shown: number; deliveries: number; basic: number }
}

export interface DeliveryRow {
  state: string
  attempts: string[]
  external_id: string | null
  /** What the attempts met, for the sentence when something else was to come. */
  met: string
}

/** Signs in on the site, begins a talk with Arina there, and says a first word in the bot. */
export async function listener(world: World, t: TestContext): Promise<Listener> {
  const { id } = world.sandbox.telegram.addPerson({ firstName: 'Вера', languageCode: 'ru' })
  const site = new Person(world.vitte.url, t)
  const { id: userId } = await site.signInByWidget(world.sandbox, id)
  await site.confirmAdult()
  await notToBeAsked(site)
  await site.startConversation('arina')
  const bot = botChat(world.sandbox, id)
  bot.send('привет')
  const wait = { deadlineMs: DEADLINE_MS, what: 'the first answer' }
  await waitFor(
    async () => (await site.history()).some(({ role, channel }) => role === 'assistant' && channel === 'telegram'),
    wait,
  )
  const rows = await waitFor(async () => {
    const all = await deliveriesTo(world, id)
    return all.length > 0 && all.every(({ state }) => state === 'sent') ? all : null
  }, wait)
  const before = { shown: bot.messages().length, deliveries: rows.length, basic: (await site.me()).credits.basic }
  return { id, userId, bot, site, before }
}

/** Everything owed to this chat, in its order, each with the outcomes of its attempts. */
export async function deliveriesTo({ database }: World, telegramId: number): Promise<DeliveryRow[]> {
  const { rows } = await database.pool.query<DeliveryRow>(
    `SELECT state, external_id, ARRAY(SELECT coalesce(outcome, 'open') FROM delivery_attempts
       WHERE delivery_id = d.id ORDER BY attempt) AS attempts,
       (SELECT string_agg(concat(error, ' after ', extract(epoch FROM finished_at - started_at), ' s'), ', ' ORDER BY attempt)
        FROM delivery_attempts WHERE delivery_id = d.id) AS met
     FROM deliveries d WHERE address = $1 ORDER BY position`,
    [String(telegramId)],
  )
  return rows
}

/** A kind of delivery in which an answer is met: how two of it come to be owed, of which the first meets it. */
export interface Kind {
  /** The answers meet the delivery with this number. */
  at: number
  owed: number
  /** Credits that all of it costs when nothing goes wrong, and what comes back when the met one is lost. */
  costs: number
  asked: boolean
  owe(listener: Listener): unknown
}

/** Cut at 16,000 characters, in four messages of Telegram. */
const PARTS_OF_A_LONG_ANSWER = 4

export function kindsIn(world: World): Record<string, Kind> {
  const owing = owingIn(world)
  world.sandbox.model.control({ failures: [{ kind: 'megabyte', times: null, question: 'подробно' }] })
  return {
    'the second part of an answer': {
      at: 1,
      owed: PARTS_OF_A_LONG_ANSWER,
      costs: 1,
      asked: true,
      owe: ({ bot }) => bot.send('расскажите подробно'),
    },
    'an answer': {
      at: 0,
      owed: 2,
      costs: 2,
      asked: true,
      owe: async ({ bot }) => {
        bot.send('первый вопрос')
        bot.send('второй вопрос')
      },
    },
    'what nobody asked for': {
      at: 0,
      owed: 2,
      costs: 0,
      asked: false,
      owe: (someone) => owing.owePushes(someone, ['Как вы там?', 'Я тут подумала.']),
    },
    'a notice': {
      at: 0,
      owed: 2,
      costs: 0,
      asked: true,
      owe: (someone) => owing.oweNotices([someone], ['unknown_command', 'nothing_to_report']),
    },
  }
}

/** One cell: lets Telegram answer so, and looks at the chat, the rows, the purse, and what came next. */
export async function proveCell(
  world: World,
  t: TestContext,
  { answer, kind }: { answer: TelegramAnswer; kind: Kind },
) {
  const someone = await listener(world, t)
  const { id, site, bot, before } = someone
  const at = { method: 'sendMessage', chatId: id, times: 1 }
  for (let earlier = 0; earlier < kind.at; earlier += 1) world.sandbox.telegram.faults.add({ kind: 'delay', ...at })
  const fate = kind.asked ? answer.fate : (answer.unasked ?? answer.fate)
  for (const fault of answer.faults.slice(0, fate.attempts.length))
    world.sandbox.telegram.faults.add({ ...fault, ...at })
  await kind.owe(someone)
  const rows = await waitFor(
    async () => {
      const owed = (await deliveriesTo(world, id)).slice(before.deliveries)
      assert.ok(owed.length === kind.owed && owed.every(({ state }) => isOver(state)), JSON.stringify(owed))
      return owed
    },
    { deadlineMs: DEADLINE_MS, what: 'the end of all deliveries' },
  )
  proveRows(rows, kind, fate)
  const shown = bot.messages().slice(before.shown)
  assert.equal(shown.length, kind.owed - 1 + fate.shown, `shown: ${JSON.stringify(shown.map(({ wire }) => wire.text))}`)
  assert.equal(String(shown.at(-1)?.wire.message_id), rows.at(-1)?.external_id, 'the next came last')
  const paid = kind.costs - (fate.refunded && kind.costs > 0 ? 1 : 0)
  assert.equal((await site.me()).credits.basic, before.basic - paid, 'what it cost')
}

function proveRows(rows: DeliveryRow[], { at }: Kind, { state, attempts, named = state === 'sent' }: Fate): void {
  for (const [index, row] of rows.entries()) {
    const { external_id, met, ...seen } = row
    const wanted = index === at ? { state, attempts } : { state: 'sent', attempts: ['sent'] }
    assert.deepEqual(seen, wanted, `number ${index} met ${met}`)
    if (index === at) assert.equal(external_id !== null, named, `named ${external_id}`)
  }
}

function isOver(state: string): boolean {
  return state !== 'pending' && state !== 'sending'
}
