import { createHistory } from '#domain/conversations'
import { createKeyRing } from '#domain/identity'
import { readHistory } from '#domain/replies'
import { createDatabase, type DatabaseHandle } from '#platform/postgres'
import { silentLog } from '../../test/harness/silent-log.ts'
import { createAcceptPath } from '../accept/accept-load.ts'
import { forgetMessages, makePeople, type People } from '../accept/people.ts'
import { layPast } from '../lay-past.ts'
import { median } from '../measure.ts'
import type { Row } from '../row.ts'
import { withServer } from '../with-server.ts'
import { type TimedVault, timed } from './timed-vault.ts'

const ROUNDS = 5
const SLICE_SECONDS = 2
const IN_FLIGHT = 8
const PAGE_LINES = 100
const PAGES_WARM = 50
const PAGES_A_ROUND = 200
const SHARE_GOAL = 0.15

/** What the vault costs where people wait: its own time as a share of the time that accepting and a page of history take. */
export function vaultCost(): Promise<Row[]> {
  return withServer(async (connectionString) => {
    const database = createDatabase({ connectionString, maxConnections: 2, log: silentLog })
    const people = await makePeople(database.pool)
    const vault = timed(people.vault)
    const rows = [
      ...(await onAccept(connectionString, { ...people, vault: vault.vault }, vault, database)),
      await onPage(database, people, vault),
    ]
    await database.close()
    return rows
  })
}

/** One in flight: of what a sender waits for. More: of the time of the one thread that all of them share. */
async function onAccept(
  connectionString: string,
  people: People,
  { taken }: TimedVault,
  { pool }: DatabaseHandle,
): Promise<Row[]> {
  const path = await createAcceptPath(connectionString, people)
  const [alone, together]: [number[], number[]] = [[], []]
  for (let round = 0; round < ROUNDS; round++) {
    await forgetMessages(pool)
    taken()
    await path.run(1, SLICE_SECONDS)
    alone.push(taken() / (SLICE_SECONDS * 1_000))
    await path.run(IN_FLIGHT, SLICE_SECONDS)
    together.push(taken() / (SLICE_SECONDS * 1_000))
  }
  await path.close()
  return [
    share('vault on accept, 1 in flight, share of the time', alone),
    share(`vault on accept, ${IN_FLIGHT} in flight, share of the time`, together),
  ]
}

async function onPage({ db, pool }: DatabaseHandle, people: People, { vault, taken }: TimedVault): Promise<Row> {
  const { rows } = await pool.query<{ user_id: string; id: string }>(
    'SELECT c.user_id, c.id FROM conversations c JOIN user_keys k ON k.user_id = c.user_id LIMIT 1',
  )
  const [talk] = rows
  if (!talk) throw new Error('nobody has a key of their own')
  await layPast({ db, vault: people.vault }, { userId: talk.user_id, conversationId: talk.id, lines: 3 * PAGE_LINES })
  const deps = { db, history: createHistory({ vault, keys: createKeyRing({ vault, db }) }) }
  const read = async () => {
    const { messages } = await readHistory(deps, talk.user_id, { limit: PAGE_LINES })
    if (messages.length !== PAGE_LINES) throw new Error('the page is not full')
  }
  for (let page = 0; page < PAGES_WARM; page++) await read()
  const shares: number[] = []
  let eachMs = 0
  for (let round = 0; round < ROUNDS; round++) {
    taken()
    const start = performance.now()
    for (let page = 0; page < PAGES_A_ROUND; page++) await read()
    const tookMs = performance.now() - start
    shares.push(taken() / tookMs)
    eachMs = tookMs / PAGES_A_ROUND
  }
  return share(`vault on a page of ${PAGE_LINES} lines, share of the time`, shares, `${eachMs.toFixed(1)} ms a page`)
}

function share(what: string, shares: number[], note?: string): Row {
  const value = median(shares)
  return { what, value, unit: '', floor: null, goal: SHARE_GOAL, better: 'less', ...(note ? { note } : {}) }
}
