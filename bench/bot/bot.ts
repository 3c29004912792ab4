import { setTimeout as sleep } from 'node:timers/promises'
import { newTalker } from '../deliveries/question-to-send.ts'
import { median, percentile } from '../measure.ts'
import { installPeers } from '../peers.ts'
import { cpuMicrosOf } from '../process-cpu.ts'
import type { Row } from '../row.ts'
import { withVitte } from '../with-vitte.ts'
import { type Bot, startEcho } from './echo-bot.ts'

/** Several, because a chat gets one message per second after a short burst. */
const PEOPLE = 40
const ROUNDS = 7
/** The first round is for the processes to get warm. */
const WARM_UP_ROUNDS = 1
/** Nothing else is going on when an update comes, and all together stay under the pace. */
const PAUSE_MS = 40
const DEADLINE_MS = 10_000
const LOOK_EVERY_MS = 1

interface Round {
  tookMs: number[]
  cpuMicrosEach: number
}

/**
 * From a person's message to the call that answers it, beside bots that echo and do nothing else: the same Bot API server
 * for each, by polling, a model that answers at once. Ours also knows the message again, seals it, books it, asks the
 * model over HTTP, writes the answer down and owes it to the chat, in PostgreSQL of default durability.
 */
export async function bot(): Promise<Row[]> {
  await installPeers()
  return withVitte(async (running) => {
    const people: number[] = []
    for (let person = 0; person < PEOPLE; person += 1) people.push(await newTalker(running))
    const bots: Bot[] = [
      { name: 'Vitte', sandbox: running.sandbox, pid: running.vitte.pid, people },
      await startEcho(running.scope, 'grammy', PEOPLE),
      await startEcho(running.scope, 'telegraf', PEOPLE),
    ]
    const rounds = new Map<Bot, Round[]>(bots.map((one) => [one, []]))
    for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round += 1) {
      for (const one of bots) {
        const measured = await talkOnce(one, round)
        if (round >= WARM_UP_ROUNDS) rounds.get(one)?.push(measured)
      }
    }
    return rowsOf(rounds)
  })
}

/** Everybody says something, one after the other. */
async function talkOnce({ sandbox, pid, people }: Bot, round: number): Promise<Round> {
  const before = await cpuMicrosOf(pid)
  const tookMs: number[] = []
  for (const id of people) {
    tookMs.push(await answerTo(sandbox.telegram, id, `Как ты ${round}?`))
    await sleep(PAUSE_MS)
  }
  return { tookMs, cpuMicrosEach: ((await cpuMicrosOf(pid)) - before) / people.length }
}

async function answerTo(telegram: Bot['sandbox']['telegram'], chatId: number, text: string): Promise<number> {
  const after = telegram.calls().at(-1)?.order ?? 0
  const start = performance.now()
  telegram.sendText(chatId, text)
  while (telegram.calls({ method: 'sendMessage', chatId, after }).length === 0) {
    if (performance.now() - start > DEADLINE_MS) throw new Error('a bot did not answer')
    await sleep(LOOK_EVERY_MS)
  }
  return performance.now() - start
}

function rowsOf(rounds: Map<Bot, Round[]>): Row[] {
  const of = (read: (all: Round[]) => number) => new Map([...rounds].map(([{ name }, all]) => [name, read(all)]))
  const times = (share: number) => of((all) => median(all.map(({ tookMs }) => percentile(tookMs, share))))
  const row = { unit: 'x', floor: null, goal: null, better: 'less' as const }
  const besideGrammy = (what: string, figures: Map<string, number>, unit: string, digits: number): Row => ({
    ...row,
    what: `${what} / bare grammY`,
    value: (figures.get('Vitte') ?? Number.NaN) / (figures.get('grammy') ?? Number.NaN),
    note: [...figures].map(([name, figure]) => `${name} ${figure.toFixed(digits)} ${unit}`).join(', '),
  })
  const millis = of((all) => median(all.map(({ cpuMicrosEach }) => cpuMicrosEach / 1_000)))
  return [
    besideGrammy('message in the chat to sendMessage, p50', times(0.5), 'ms', 1),
    besideGrammy('message in the chat to sendMessage, p99', times(0.99), 'ms', 1),
    besideGrammy('processor time of a message, PostgreSQL left aside', millis, 'ms', 1),
  ]
}
