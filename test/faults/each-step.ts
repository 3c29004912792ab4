import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { TestContext } from 'node:test'
import type { SentMessage } from '#contract/api'
import type { Interface } from '#contract/words'
import { STEPS, type Step } from '#platform/failpoints'
import type { Answer } from '#test/client'
import { Person } from '#test/people'
import type { Vitte } from '#test/vitte'
import { waitFor } from '#test/wait-for'
import { startWorld, type World } from '#test/world'
import { botChat } from '../journeys/bot-chat.ts'
import { allSettled } from './all-settled.ts'

/** Far more than the busiest machine needs to bring everybody to their step. */
const REACHED_WITHIN_MS = 60_000
const GREETING = 'до того'

/** Nothing of a page's reply is ever sent: it counts as delivered when it is committed. */
const PAGE_STEPS = STEPS.filter((step) => !step.startsWith('delivery.'))
const STEPS_OF: Record<Interface, readonly Step[]> = { bot: STEPS, webapp: PAGE_STEPS, browser: PAGE_STEPS }
/** Here others of the same process would go on with the work: they are stopped where they take it up. */
const TAKEN_UP_AT: Partial<Record<Step, Step>> = {
  'message.accepted': 'turn.leased',
  'reply.recorded': 'delivery.leased',
}

/** Somebody whose question is caught at one step on one interface. */
export interface Case {
  step: Step
  place: Interface
  telegramId: number
  userId: string
  person: Person
  question: string
  /** A page repeats what was not answered, with the same key. */
  key: string
}

export interface Stage {
  world: World
  cases: Case[]
}

/** Each step on each interface with a person of its own, who has talked before. No process runs when this resolves. */
export async function stageEachStep(t: TestContext, env: Record<string, string>): Promise<Stage> {
  const world = await startWorld(t, { redis: true, env })
  world.sandbox.model.control({ mode: 'echo' })
  const pairs = Object.entries(STEPS_OF).flatMap(([place, steps]) =>
    steps.map((step) => ({ step, place: place as Interface })),
  )
  const cases = await Promise.all(pairs.map((pair) => meet(world, t, pair)))
  await allSettled(world, cases.length)
  await world.vitte.stop()
  return { world, cases }
}

async function meet(world: World, t: TestContext, { step, place }: Pick<Case, 'step' | 'place'>): Promise<Case> {
  const { id } = world.sandbox.telegram.addPerson({ firstName: 'Вера', languageCode: 'ru' })
  const person = new Person(world.vitte.url, t)
  const user = await (place === 'webapp'
    ? person.openMiniApp(world.sandbox, id)
    : person.signInByWidget(world.sandbox, id))
  await person.confirmAdult()
  await person.startConversation('arina')
  if (place === 'bot') world.sandbox.telegram.sendText(id, GREETING)
  else await person.ask(GREETING)
  return { step, place, telegramId: id, userId: user.id, person, question: `${place} у ${step}`, key: randomUUID() }
}

/** Starts the process that shall die or freeze, armed for all of them, and brings every question to its step. */
export async function catchAtEachStep({ world, cases }: Stage) {
  const FAILPOINTS = STEPS.map((step) => `${step}=${keysOf(cases, step).join('|')}`).join(',')
  const victim = await world.startAnother({ FAILPOINTS, PORT: world.vitte.env.PORT ?? '' })
  const posts = cases.filter(isPage).map((each) => ({ each, answered: post(each, victim).catch(() => null) }))
  for (const each of cases) if (!isPage(each)) world.sandbox.telegram.sendText(each.telegramId, each.question)
  const wanted = STEPS.flatMap((step) => keysOf(cases, step).map((key) => `${step} ${key}`)).toSorted()
  const reached = () => victim.logs('failpoint.reached').map(({ reason, rowId }) => `${reason} ${rowId}`)
  const deadline = { deadlineMs: REACHED_WITHIN_MS, what: 'everybody at their step' }
  await waitFor(() => sameLines(reached(), wanted), deadline)
  return { victim, posts }
}

function sameLines(lines: string[], wanted: string[]): boolean {
  assert.deepEqual(lines.toSorted(), wanted)
  return true
}

export function isPage({ place }: Case): boolean {
  return place !== 'bot'
}

export function post({ person, question, key }: Case, vitte: Vitte): Promise<Answer<SentMessage>> {
  return person.at(vitte.url).post(question, key)
}

function keysOf(cases: readonly Case[], step: Step): string[] {
  return cases.filter((each) => stopsOf(each).includes(step)).map((each) => keyOf(each, step))
}

function stopsOf({ step, place }: Case): Step[] {
  const next = TAKEN_UP_AT[step]
  return next && STEPS_OF[place].includes(next) ? [step, next] : [step]
}

/** What the step is told: before a message is taken in, only its sender is known. */
function keyOf({ place, telegramId, userId }: Case, step: Step): string {
  return place === 'bot' && step.startsWith('message.') ? `telegram:${telegramId}` : userId
}

/** The database's time: recovery is measured on one clock. */
export async function databaseNow({ database }: World): Promise<Date> {
  const { rows } = await database.pool.query<{ now: Date }>('SELECT clock_timestamp() AS now')
  return rows[0]?.now ?? new Date(Number.NaN)
}

/** How long after `since` each question was answered and delivered, in milliseconds; those that were before are left out. */
export async function recoveriesMs({ database }: World, since: Date): Promise<number[]> {
  const { rows } = await database.pool.query<{ ms: number }>(
    `SELECT extract(epoch FROM max(greatest(t.finished_at, d.finished_at)) - $1)::float8 * 1000 AS ms
     FROM turns t JOIN deliveries d ON d.turn_id = t.id GROUP BY t.id
     HAVING max(greatest(t.finished_at, d.finished_at)) > $1 ORDER BY ms`,
    [since],
  )
  return rows.map(({ ms }) => Math.round(ms))
}

/** Everybody asks once more, at this process, as their lane must go on. */
export async function askAgain({ world, cases }: Stage, vitte: Vitte): Promise<void> {
  await Promise.all(
    cases.map(async (each) => {
      if (isPage(each)) await each.person.at(vitte.url).ask(again(each))
      else world.sandbox.telegram.sendText(each.telegramId, again(each))
    }),
  )
  await allSettled(world, cases.length * 3)
}

export function again({ question }: Case): string {
  return `${question}, ещё раз`
}

/** What the bot shows of this text in the person's chat. */
export function shownInBot({ sandbox }: World, telegramId: number, text: string): number {
  return botChat(sandbox, telegramId)
    .texts()
    .filter((shown) => shown === text).length
}
