import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { percentile } from '../../bench/measure.ts'
import { Person } from '../harness/people.ts'
import type { Scope } from '../harness/scope.ts'
import { waitFor } from '../harness/wait-for.ts'
import { startWorld, type World } from '../harness/world.ts'
import type { Random } from './random.ts'
import type { Outcome, Simulation } from './simulation.ts'
import { type Delays, type Known, type Reader, startReader } from './storm/reader.ts'

const PAGES_EACH = 5
const SECONDS = 120
const DROP_EVERY_MS = 5_000
const DROPPED_SHARE = 0.3
/** Questions a second, of everybody together: each is two lines on five pages. */
const QUESTIONS_PER_SECOND = 20
const SIGN_IN_AT_ONCE = 4
const SETTLE_DEADLINE_MS = 60_000

/** Pages of many people over two processes; every five seconds a third of the lines is cut, while everybody talks. */
export const storm: Simulation = ({ count, random, log, scope }) =>
  weather({ streams: count, seconds: SECONDS, random, log, scope })

export interface Weather {
  streams: number
  seconds: number
  random: Random
  log(line: string): void
  scope: Scope
}

export async function weather({ streams, seconds, random, log, scope }: Weather): Promise<Outcome> {
  const env = { WELCOME_CREDITS_TELEGRAM: 'basic:100000', ROLES: 'http,bot,worker' }
  const world = await startWorld(scope, { redis: true, env })
  const other = await world.startAnother({ ROLES: 'http,worker' })
  world.sandbox.model.control({ mode: 'echo' })
  const people = await signInAll(world, Math.max(1, Math.round(streams / PAGES_EACH)), scope)
  const delays: Delays = { live: [], catchUp: [] }
  const pages = people.flatMap(({ person, known }) =>
    Array.from({ length: PAGES_EACH }, (_, at) => ({
      known,
      reader: startReader(at % 2 === 0 ? person : person.at(other.url), known, delays),
    })),
  )
  const asked = { taken: 0, refused: 0 }
  const end = performance.now() + seconds * 1_000
  let nextDrop = performance.now() + DROP_EVERY_MS
  while (performance.now() < end) {
    void ask(random.pick(people), asked)
    if (performance.now() >= nextDrop) {
      nextDrop += DROP_EVERY_MS
      for (const { reader } of pages) if (random.chance(DROPPED_SHARE)) reader.drop()
      log(`${asked.taken} asked, ${Math.round((end - performance.now()) / 1_000)} s left`)
    }
    await sleep(1_000 / QUESTIONS_PER_SECOND)
  }
  const findings = await settle(world, people, pages)
  await Promise.all(pages.map(({ reader }) => reader.leave()))
  findings.push(...pages.flatMap(({ reader, known }) => [...reader.surprises, ...faultsIn(reader, known)]))
  return { counts: figures(pages, asked, delays), findings }
}

interface Talker {
  person: Person
  known: Known
}

async function signInAll(world: World, count: number, scope: Scope): Promise<Talker[]> {
  const talkers: Talker[] = []
  const work = async () => {
    while (talkers.length < count) {
      const { id: telegramId } = world.sandbox.telegram.addPerson({ firstName: 'Житель' })
      const person = new Person(world.vitte.url, scope)
      const talker = { person, known: { name: `person ${telegramId}`, latestSeq: 0 } }
      talkers.push(talker)
      await person.openMiniApp(world.sandbox, telegramId)
      await person.confirmAdult()
      await person.startConversation('arina')
      talker.known.latestSeq = (await person.history()).at(-1)?.seq ?? 0
    }
  }
  await Promise.all(Array.from({ length: SIGN_IN_AT_ONCE }, work))
  return talkers
}

/** Somebody who has asked too much at once is refused, and that is no fault. */
async function ask({ person, known }: Talker, asked: { taken: number; refused: number }): Promise<void> {
  const { status, body } = await person.post('слышно?').catch(() => ({ status: 0, body: null }))
  if (status !== 202 || !body) {
    asked.refused += 1
    return
  }
  asked.taken += 1
  known.latestSeq = Math.max(known.latestSeq, body.message.seq)
}

type Page = { reader: Reader; known: Known }

/** Waits until every answer is written and every page has the end of its history; says what is still missing. */
async function settle(world: World, people: Talker[], pages: Page[]): Promise<string[]> {
  const open = async () => {
    const { rows } = await sql<{ open: number }>`
      SELECT count(*)::integer AS open FROM turns WHERE due_at IS NOT NULL`.execute(world.database.db)
    return rows[0]?.open ?? 0
  }
  await waitFor(async () => (await open()) === 0, { deadlineMs: SETTLE_DEADLINE_MS, what: 'the last answers' })
  for (const { person, known } of people) known.latestSeq = (await person.history()).at(-1)?.seq ?? 0
  const behind = () =>
    pages.filter(({ reader, known }) => reader.seqs.at(-1) !== known.latestSeq && known.latestSeq > 1)
  await waitFor(() => behind().length === 0, { deadlineMs: SETTLE_DEADLINE_MS }).catch(() => {})
  return behind().map(
    ({ reader, known }) =>
      `missing: ${known.name} has ${known.latestSeq} lines, a page was told up to ${reader.seqs.at(-1)}`,
  )
}

/** Places that a page was told twice, never, or before an earlier one. */
function faultsIn({ seqs }: Reader, { name }: Known): string[] {
  return seqs.flatMap((seq, at) => {
    const before = seqs[at - 1]
    if (before === undefined || seq === before + 1) return []
    const kind = seq > before ? 'missing' : seqs.indexOf(seq) < at ? 'repeated' : 'out of order'
    return [`${kind}: ${name} was told ${seq} after ${before}`]
  })
}

function figures(pages: Page[], asked: Record<string, number>, delays: Delays): Outcome['counts'] {
  const drops = pages.reduce((sum, { reader }) => sum + reader.drops, 0)
  const lines = pages.reduce((sum, { reader }) => sum + reader.seqs.length, 0)
  const shares = (all: number[]) => ({
    times: all.length,
    'p50 ms': Math.round(percentile(all, 0.5)),
    'p99 ms': Math.round(percentile(all, 0.99)),
  })
  return {
    pages: { open: pages.length, cut: drops, 'lines read': lines },
    questions: asked,
    'commit to page': shares(delays.live),
    'catching up': shares(delays.catchUp),
  }
}
