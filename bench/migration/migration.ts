import assert from 'node:assert/strict'
import pg from 'pg'
import { type LegacyTruth, layLegacy } from '../../test/harness/legacy/lay-legacy.ts'
import { administer, databaseAt } from '../../test/harness/template.ts'
import { median, medianRatio } from '../measure.ts'
import type { Row } from '../row.ts'
import { withServer } from '../with-server.ts'
import { type Moved, runImport } from './run-import.ts'
import { copyInside, sealAll } from './yardsticks.ts'

const SEED = 1
const COPY_GOAL_RATIO = 0.6
const PEAK_GOAL_MB = 300
const SMALL = { users: 10_000, messages: 500_000, rounds: 3, floorSeconds: 1_800, goalSeconds: 10 }
const LARGE = { users: 100_000, messages: 5_000_000, rounds: 1, floorSeconds: null, goalSeconds: null }

interface House {
  users: number
  messages: number
  rounds: number
  floorSeconds: number | null
  goalSeconds: number | null
}

interface Round extends Moved {
  copySeconds: number
  sealSeconds: number
}

/** A dirty legacy house is moved in by the command, beside what PostgreSQL and the cipher take for the same rows. */
export function migration(): Promise<Row[]> {
  return measureHouse(SMALL)
}

/** The same, ten times as large. */
export function migrationLarge(): Promise<Row[]> {
  return measureHouse(LARGE)
}

function measureHouse(house: House): Promise<Row[]> {
  return withServer(async (server) => {
    await administer(server, `CREATE DATABASE legacy TEMPLATE template0 ENCODING 'UTF8'`)
    const from = databaseAt(server, 'legacy')
    const truth = await layLegacy(from, { seed: SEED, ...house })
    const rounds: Round[] = []
    for (let round = 0; round < house.rounds; round += 1) rounds.push(await measureRound(server, from, truth))
    return rowsOf(house, truth, rounds)
  })
}

async function measureRound(server: string, from: string, truth: LegacyTruth): Promise<Round> {
  const client = new pg.Client({ connectionString: from })
  await client.connect()
  const copySeconds = await copyInside(client)
  const sealSeconds = await sealAll(client)
  await client.query('CHECKPOINT')
  await client.end()
  await administer(server, `CREATE DATABASE target TEMPLATE template0 ENCODING 'UTF8'`)
  const to = databaseAt(server, 'target')
  const moved = await runImport({ from, to })
  const [counted] = await administer<{ lines: string; users: string }>(
    to,
    'SELECT (SELECT count(*) FROM messages) AS lines, (SELECT count(*) FROM users) AS users',
  )
  assert.deepEqual(
    counted,
    { lines: String(truth.lines), users: String(truth.users) },
    'everybody is in, with every line',
  )
  await administer(server, 'DROP DATABASE target WITH (FORCE)')
  return { ...moved, copySeconds, sealSeconds }
}

function rowsOf({ users, messages, floorSeconds, goalSeconds }: House, { rows }: LegacyTruth, rounds: Round[]): Row[] {
  const of = (read: (round: Round) => number) => median(rounds.map(read))
  const total = rows.profiles + rows.messages + rows.credits
  const rate = (seconds: number) => `${Math.round(total / seconds).toLocaleString('en')} rows/s`
  const seconds = of((round) => round.seconds)
  const peaks = rounds.flatMap(({ peakMb }) => peakMb ?? [])
  const what = `moving ${users.toLocaleString('en')} users, ${messages.toLocaleString('en')} lines`
  const row = { floor: null, goal: null, better: 'more' as const }
  return [
    {
      ...row,
      what,
      value: seconds,
      unit: 's',
      floor: floorSeconds,
      goal: goalSeconds,
      better: 'less',
      note: rate(seconds),
    },
    { ...row, what: `${what}, with the proof`, value: of((round) => round.provenSeconds), unit: 's', better: 'less' },
    {
      ...row,
      what: `${what}, of INSERT … SELECT`,
      value: medianRatio(rounds.map((round) => [round.copySeconds, round.seconds])),
      unit: 'x',
      goal: COPY_GOAL_RATIO,
      note: `it does ${rate(of(({ copySeconds }) => copySeconds))}, indexes after, without sealing`,
    },
    {
      ...row,
      what: `${what}, of AES-GCM on one thread`,
      value: medianRatio(rounds.map((round) => [round.sealSeconds, round.seconds])),
      unit: 'x',
      note: `${Math.round(messages / of(({ sealSeconds }) => sealSeconds)).toLocaleString('en')} lines/s and nothing else`,
    },
    ...(peaks.length === 0
      ? []
      : [
          {
            ...row,
            what: `${what}, peak memory`,
            value: Math.max(...peaks),
            unit: 'MB',
            goal: PEAK_GOAL_MB,
            better: 'less' as const,
          },
        ]),
  ]
}
