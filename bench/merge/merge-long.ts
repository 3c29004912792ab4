import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { createKeyRing, lockUsers } from '#domain/identity'
import { type LinkDeps, mergeUsers, undoMerge } from '#domain/linking'
import { createDatabase, inTransaction } from '#platform/postgres'
import { mergeParts } from '../../test/harness/merge-parts.ts'
import { silentLog } from '../../test/harness/silent-log.ts'
import { type AcceptPath, createAcceptPath } from '../accept/accept-load.ts'
import { forgetMessages, makePeople } from '../accept/people.ts'
import { median, percentile } from '../measure.ts'
import type { Row } from '../row.ts'
import { watchMemory } from '../watch-memory.ts'
import { withServer } from '../with-server.ts'
import { makeLongHistory } from './long-history.ts'

const ROUNDS = 3
const WEB_LINES = 100_000
const TELEGRAM_LINES = 1_000
const MERGE_GOAL_SECONDS = 5
/** Others write this often all the while: a machine with room to spare. */
const WRITERS = 4
const QUIET_SECONDS = 5
const PROVEN = { sessionId: '00000000-0000-0000-0000-000000000000' }

interface Round {
  mergeSeconds: number
  undoSeconds: number
  /** What other people's messages took to be accepted. */
  quietMs: number[]
  mergingMs: number[]
  grownMb: number
}

/** Somebody with a long history is joined to a Telegram and parted again, while other people write. */
export function mergeLong(): Promise<Row[]> {
  return withServer(async (connectionString) => {
    const { pool, db, close } = createDatabase({ connectionString, maxConnections: 4, log: silentLog })
    const people = await makePeople(pool)
    const path = await createAcceptPath(connectionString, people)
    const { vault } = people
    const deps = { db, vault, parts: mergeParts({ vault, keys: createKeyRing({ vault, db }) }) }
    const rounds: Round[] = []
    for (let round = 0; round < ROUNDS; round += 1) {
      await forgetMessages(pool)
      const survivorId = await makeLongHistory(pool, vault, { lines: TELEGRAM_LINES, provider: 'telegram' })
      const absorbedId = await makeLongHistory(pool, vault, { lines: WEB_LINES, provider: 'email' })
      await pool.query('VACUUM ANALYZE')
      await pool.query('CHECKPOINT')
      rounds.push(await measure(deps, path, { survivorId, absorbedId }))
    }
    await path.close()
    await close()
    return rowsOf(rounds)
  })
}

async function measure(
  deps: LinkDeps,
  path: AcceptPath,
  both: { survivorId: string; absorbedId: string },
): Promise<Round> {
  const quietMs = await path.writeDuring(WRITERS, sleep(QUIET_SECONDS * 1000))
  const memory = watchMemory()
  const merging = seconds(() =>
    inTransaction(deps.db, async (tx) => {
      await lockUsers(tx, [both.survivorId, both.absorbedId])
      await mergeUsers(tx, deps, { ...both, sessionId: null, way: 'logins' })
    }),
  )
  const mergingMs = await path.writeDuring(WRITERS, merging)
  const grownMb = memory.stop()
  const mergeSeconds = await merging
  const undoSeconds = await seconds(async () => {
    const undone = await undoMerge(deps, { ...PROVEN, userId: both.survivorId }, async () => {})
    assert.ok('absorbedId' in undone)
  })
  return { mergeSeconds, undoSeconds, quietMs, mergingMs, grownMb }
}

async function seconds(deed: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await deed()
  return (performance.now() - start) / 1000
}

function rowsOf(rounds: Round[]): Row[] {
  const of = (read: (round: Round) => number) => median(rounds.map(read))
  const what = `merge of ${WEB_LINES} lines into ${TELEGRAM_LINES}`
  const row = { floor: null, goal: null, better: 'less' as const }
  const shares = [
    ['p50', 0.5],
    ['p99', 0.99],
  ] as const
  return [
    { ...row, what, value: of(({ mergeSeconds }) => mergeSeconds), unit: 's', goal: MERGE_GOAL_SECONDS },
    { ...row, what: `${what}, undone again`, value: of(({ undoSeconds }) => undoSeconds), unit: 's' },
    ...shares.map(([name, share]) => ({
      ...row,
      what: `accept ${name} of others meanwhile, against before`,
      value: of(({ quietMs, mergingMs }) => percentile(mergingMs, share) / percentile(quietMs, share)),
      unit: 'x',
      note: `${of(({ mergingMs }) => percentile(mergingMs, share)).toFixed(1)} ms against ${of(({ quietMs }) => percentile(quietMs, share)).toFixed(1)} ms`,
    })),
    { ...row, what: `${what}, growth of the process`, value: of(({ grownMb }) => grownMb), unit: 'MB' },
  ]
}
