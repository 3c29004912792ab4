import { createHash, randomInt } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import pg from 'pg'
import { createDatabase } from '#platform/postgres'
import { createVault } from '#platform/vault'
import { silentLog } from '../../test/harness/silent-log.ts'
import { pgbenchTimes, runPgbench } from '../accept/pgbench.ts'
import { median } from '../measure.ts'
import type { Row } from '../row.ts'
import { withServer } from '../with-server.ts'
import { LARGE, linesOf, userIdOf, userIdSql } from './house.ts'
import { layHouse } from './lay-house.ts'

const PARTS = [16, 64]
const SPLIT = new URL('../../deploy/split-messages.sql', import.meta.url)
const ROUNDS = 3
const SLICE_SECONDS = 2
const WRITERS = 8
const COPIED_AT_ONCE = 50_000
/** Lines that are written and taken away again stand above all others. */
const FRESH_SEQ = 1_000_000
const MB = 1_048_576
const CALLS = 4_000
const CALLS_WARM = 200
/** Of `utime` and `stime` in /proc/<pid>/stat: USER_HZ, 100 on every Linux that Node runs on. */
const TICK_MICROS = 10_000

interface Figures {
  pageMs: number
  /** Processor time of the backend, which whatever else runs does not change. */
  pageCpuMicros: number
  insertCpuMicros: number
  insertsPerSecond: number
  vacuumSeconds: number
  indexMb: number
  /** Of bringing all lines there, while nobody waits. */
  copySeconds: number | null
  swapMs: number | null
}

/** Ten million lines in one table, in 16 and in 64 parts, which they are moved into as an operator would. */
export function historyParts(): Promise<Row[]> {
  return withServer(async (connectionString) => {
    const { pool, close } = createDatabase({ connectionString, maxConnections: 1, log: silentLog })
    await layHouse(pool, createVault({ masterKey: Buffer.alloc(32, 7) }), LARGE)
    await close()
    return measureParts(connectionString)
  })
}

export async function measureParts(connectionString: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  const rows = rowsOf('one table', await figuresOf(client, connectionString, null))
  for (const parts of PARTS) {
    const moved = await split(client, parts)
    rows.push(...rowsOf(`${parts} parts`, await figuresOf(client, connectionString, moved)))
  }
  await client.end()
  return rows
}

async function split(client: pg.Client, parts: number): Promise<{ copySeconds: number; swapMs: number }> {
  await client.query(await readFile(SPLIT, 'utf8'))
  await client.query(`SELECT splitting.prepare(${parts})`)
  const copySeconds = (await msOf(client, `CALL splitting.copy(${COPIED_AT_ONCE})`)) / 1_000
  const swapMs = await msOf(client, 'SELECT splitting.swap()')
  await client.query('SELECT splitting.finish()')
  await client.query('VACUUM (ANALYZE) messages')
  await client.query('CHECKPOINT')
  return { copySeconds, swapMs }
}

async function figuresOf(
  client: pg.Client,
  connectionString: string,
  moved: { copySeconds: number; swapMs: number } | null,
): Promise<Figures> {
  const socketDir = decodeURIComponent(/[?&]host=([^&]+)/.exec(connectionString)?.[1] ?? '')
  const bench = { socketDir, database: 'postgres', seconds: SLICE_SECONDS }
  const people = await countPeople(client)
  const pagesMs: number[] = []
  const inserts: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    pagesMs.push(median(await pgbenchTimes({ ...bench, script: scriptOf(people, page, 52, 200), clients: 1 })))
    inserts.push(
      (await runPgbench({ ...bench, script: scriptOf(people, insert, FRESH_SEQ, 9_000_000_000), clients: WRITERS }))
        .perSecond,
    )
  }
  const pageCpuMicros = await cpuMicrosOf(client, PAGE_CALL, () => [
    userIdOf(randomInt(people) + 1),
    randomInt(52, 200),
  ])
  await client.query('SET synchronous_commit = off')
  const insertCpuMicros = await cpuMicrosOf(client, INSERT_CALL, () => [
    userIdOf(randomInt(people) + 1),
    FRESH_SEQ + randomInt(2 ** 40),
  ])
  await client.query('RESET synchronous_commit')
  const indexes = await client.query<{ bytes: string }>(
    `SELECT coalesce((SELECT sum(pg_indexes_size(relid)) FROM pg_partition_tree('messages') WHERE isleaf), pg_indexes_size('messages')) AS bytes`,
  )
  await client.query(`DELETE FROM messages WHERE seq >= ${FRESH_SEQ}`)
  const vacuumSeconds = (await msOf(client, 'VACUUM messages')) / 1_000
  return {
    pageMs: median(pagesMs),
    pageCpuMicros,
    insertCpuMicros,
    insertsPerSecond: median(inserts),
    vacuumSeconds,
    indexMb: Number(indexes.rows[0]?.bytes) / MB,
    copySeconds: moved?.copySeconds ?? null,
    swapMs: moved?.swapMs ?? null,
  }
}

const page = (user: string, before: string) =>
  `SELECT id, seq, conversation_id, turn_id, role, channel, interface, content_type, sealed_text, created_at FROM messages
   WHERE user_id = ${user} AND seq < ${before}::bigint ORDER BY seq DESC LIMIT (SELECT 51)`
const insert = (user: string, seq: string) =>
  `INSERT INTO messages (user_id, seq, id, role, channel, interface, content_type, sealed_text)
   VALUES (${user}, ${seq}::bigint, gen_random_uuid(), 'user', 'web', 'browser', 'text', decode(repeat('ab', 200), 'hex'))`

const PAGE_CALL = page('$1::uuid', '$2')
const INSERT_CALL = insert('$1::uuid', '$2')
const scriptOf = (people: number, statement: typeof page, from: number, to: number) =>
  `\\set person random(1, ${people})\n\\set place random(${from}, ${to})\n${statement(userIdSql(':person::integer'), ':place')};\n`

async function countPeople(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ people: number }>('SELECT count(*)::integer AS people FROM users')
  return rows[0]?.people ?? 0
}

async function cpuMicrosOf(client: pg.Client, text: string, values: () => unknown[]): Promise<number> {
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  const ticks = async () => {
    const stat = await readFile(`/proc/${rows[0]?.pid}/stat`, 'utf8')
    const [user, system] = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .slice(11, 13)
    return Number(user) + Number(system)
  }
  const name = createHash('sha256').update(text).digest('hex').slice(0, 16)
  for (let call = 0; call < CALLS_WARM; call += 1) await client.query({ name, text, values: values() })
  const before = await ticks()
  for (let call = 0; call < CALLS; call += 1) await client.query({ name, text, values: values() })
  return (((await ticks()) - before) * TICK_MICROS) / CALLS
}

async function msOf(client: pg.Client, statement: string): Promise<number> {
  const start = performance.now()
  await client.query(statement)
  return performance.now() - start
}

function rowsOf(kind: string, figures: Figures): Row[] {
  const what = (deed: string) => `${linesOf(LARGE).toLocaleString('en')} lines in ${kind}, ${deed}`
  const row = { floor: null, goal: null, better: 'less' as const }
  return [
    { ...row, what: what('page of 50 by pgbench, p50'), value: figures.pageMs, unit: 'ms' },
    { ...row, what: what('page of 50, CPU of PostgreSQL'), value: figures.pageCpuMicros, unit: 'µs' },
    { ...row, what: what('insert, CPU of PostgreSQL'), value: figures.insertCpuMicros, unit: 'µs' },
    { ...row, what: what(`inserts, ${WRITERS} at once`), value: figures.insertsPerSecond, unit: '/s', better: 'more' },
    { ...row, what: what('vacuum after them'), value: figures.vacuumSeconds, unit: 's' },
    { ...row, what: what('indexes'), value: figures.indexMb, unit: 'MB' },
    ...(figures.copySeconds === null
      ? []
      : [{ ...row, what: what('copied beside use'), value: figures.copySeconds, unit: 's' }]),
    ...(figures.swapMs === null ? [] : [{ ...row, what: what('swapped'), value: figures.swapMs, unit: 'ms' }]),
  ]
}
