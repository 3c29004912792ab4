import pg from 'pg'
import { type CleanMass, layCleanMass } from './clean-mass.ts'
import { CREDIT_DIRT } from './credit-dirt.ts'
import { createDraw, type Draw } from './draw.ts'
import { idsBeyondDouble, MESSAGE_DIRT } from './message-dirt.ts'
import { type Dirt, PROFILE_DIRT } from './profile-dirt.ts'
import { addKeys, type CREDIT_TYPES, createTables, type LegacyMessage, type LegacyRows, writeRows } from './rows.ts'
import { type CreditSums, readTruth, type TrueReading } from './truth.ts'

/** Of each kind of dirt so many cases to a user, within these bounds. */
const SHARE = 0.002
const CASES_MIN = 2
const CASES_MAX = 100

/** Every kind of dirt by its name. */
export const DIRT: Readonly<Record<string, Dirt>> = { ...PROFILE_DIRT, ...MESSAGE_DIRT, ...CREDIT_DIRT }

export interface LegacyPlan {
  seed: number
  /** Profiles and messages altogether. The dirt comes first: a small house has nothing else, and may be larger than asked for. */
  users: number
  messages: number
}

/** What must come of the house; groups and outcomes are of the dirty rows, the clean ones are all taken as they are. */
export interface LegacyTruth extends TrueReading {
  /** Rows of the three tables. */
  rows: Record<keyof LegacyRows, number>
  clean: CleanMass
  /** The dirty rows themselves, with the ids they have. */
  dirty: LegacyRows
  /** Cases of each kind of dirt. */
  cases: Record<string, number>
  /** As SQL adds them up in the source. */
  creditsBefore: CreditSums
  /** What users own in the end. */
  creditsAfter: CreditSums
  /** Users there must be in the end. */
  users: number
  /** Lines of history there must be in the end, the companions' opening lines left aside. */
  lines: number
}

/** Fills an empty database with a legacy house that has every kind of dirt (contract, Legacy tables); the same again for the same seed. */
export async function layLegacy(connectionString: string, { seed, users, messages }: LegacyPlan): Promise<LegacyTruth> {
  const draw = createDraw(seed)
  const { rows: dirty, cases } = makeDirty(draw, users)
  const clean = {
    users: Math.max(0, users - dirty.profiles.length),
    messages: Math.max(0, messages - dirty.messages.length),
  }
  numberMessages(draw, dirty.messages, clean.messages)
  const client = new pg.Client({ connectionString, application_name: 'test-harness' })
  await client.connect()
  try {
    await client.query('BEGIN')
    await createTables(client)
    const mass = await layCleanMass(client, { seed, ...clean })
    await writeRows(client, dirty)
    await client.query('COMMIT')
    await addKeys(client)
    return truthOf(dirty, mass, cases)
  } finally {
    await client.end()
  }
}

function makeDirty(draw: Draw, users: number): { rows: LegacyRows; cases: Record<string, number> } {
  const count = Math.min(CASES_MAX, Math.max(CASES_MIN, Math.round(users * SHARE)))
  const made = Object.values(DIRT).flatMap((dirt) => Array.from({ length: count }, () => dirt(draw)))
  const cases = Object.fromEntries(Object.keys(DIRT).map((name) => [name, count]))
  const all = [...made, idsBeyondDouble(draw)]
  return {
    rows: {
      profiles: draw.random.shuffle(all.flatMap(({ profiles }) => profiles)),
      messages: all.flatMap(({ messages }) => messages),
      credits: all.flatMap(({ credits }) => credits),
    },
    cases: { ...cases, 'ids beyond double': 1 },
  }
}

/** Gives odd ids, rising within each talk, with other people's lines in between, spread over those of the clean mass. */
function numberMessages(draw: Draw, messages: LegacyMessage[], cleanMessages: number): void {
  const waiting = messages.filter(({ id }) => id === '')
  const talks = [...Map.groupBy(waiting, ({ user_id }) => user_id).values()]
  const stretch = Math.max(1, Math.floor(cleanMessages / Math.max(1, waiting.length)))
  const turns = draw.random.shuffle(talks.flatMap((talk) => talk.map(() => talk)))
  const told = new Map<LegacyMessage[], number>()
  for (const [place, talk] of turns.entries()) {
    const at = told.get(talk) ?? 0
    told.set(talk, at + 1)
    const message = talk[at]
    if (message) message.id = String(2 * place * stretch + 1)
  }
}

function truthOf(dirty: LegacyRows, clean: CleanMass, cases: Record<string, number>): LegacyTruth {
  const reading = readTruth(dirty)
  const sums = (of: (type: (typeof CREDIT_TYPES)[number]) => number): CreditSums => ({
    basic: clean.credits.basic + of('basic'),
    pro: clean.credits.pro + of('pro'),
    cassandra: clean.credits.cassandra + of('cassandra'),
  })
  return {
    ...reading,
    dirty,
    clean,
    cases,
    rows: {
      profiles: clean.users + dirty.profiles.length,
      messages: clean.messages + dirty.messages.length,
      credits: clean.credits.rows + dirty.credits.length,
    },
    creditsBefore: sums((type) => dirty.credits.reduce((sum, row) => sum + (row[type] ?? 0), 0)),
    creditsAfter: sums((type) => reading.groups.reduce((sum, { credits }) => sum + credits[type], 0)),
    users: clean.users + reading.groups.length,
    lines: clean.messages + reading.groups.reduce((sum, { lines }) => sum + lines.length, 0),
  }
}
