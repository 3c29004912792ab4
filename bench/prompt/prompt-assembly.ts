import { sql } from 'kysely'
import { createHistory } from '#domain/conversations'
import { createKeyRing, lockUser } from '#domain/identity'
import { createMemory } from '#domain/memory'
import { createCatalogue, loadPersonas, publishPersonas } from '#domain/personas'
import { systemClock } from '#platform/clock'
import { newId } from '#platform/ids'
import { createDatabase, inTransaction } from '#platform/postgres'
import { createVault } from '#platform/vault'
import { type PromptDeps, preparePrompt } from '../../src/domain/replies/prompt/prepare-prompt.ts'
import type { Turn } from '../../src/domain/replies/turn.ts'
import { PERSONAS_FOLDER } from '../../src/processes/places.ts'
import { openTestSafeguard } from '../../test/harness/safeguard.ts'
import { silentLog } from '../../test/harness/silent-log.ts'
import { layPast } from '../lay-past.ts'
import { percentile } from '../measure.ts'
import type { Row } from '../row.ts'
import { withServer } from '../with-server.ts'
import { beginTalk, bringBack, type Ground, makeReader, remember, type Talk } from './long-talk.ts'

const LINES = 10_000
const FACTS = 50
const CALLS = 1_000
const WARM_UP_CALLS = 100
const P50_GOAL_MS = 5
/** As many as a process has for all but accepting. */
const CONNECTIONS = 12
/** A window in which the budget for recent messages is used up. */
const CONTEXT_TOKENS = 32_000
const MICROSECONDS_PER_MS = 1_000

/**
 * Everything between a leased turn and the call of the model: a long conversation with a summary and facts, all of it
 * sealed; and the same one brought back from under as many newer lines of another. One call after the other, so the
 * database has the rows at hand, as it has those of somebody who is writing. Beside each call an empty query tells how
 * much of the time is the machine's.
 */
export function promptAssembly(): Promise<Row[]> {
  return withServer(async (connectionString) => {
    const { db, close } = createDatabase({ connectionString, maxConnections: CONNECTIONS, log: silentLog })
    const vault = createVault({ masterKey: Buffer.alloc(32, 7) })
    const files = await loadPersonas(PERSONAS_FOLDER)
    await inTransaction(db, (tx) => publishPersonas(tx, files))
    const ground: Ground = { db, vault, keys: createKeyRing({ vault, db }) }
    const deps: PromptDeps = {
      db,
      history: createHistory(ground),
      memory: createMemory(ground),
      catalogue: createCatalogue(files),
      model: { contextTokens: CONTEXT_TOKENS },
      clock: systemClock,
      safeguard: await openTestSafeguard(),
    }
    const userId = await makeReader(ground)
    const talk = await beginTalk(ground, userId, 'arina')
    await layPast(ground, { ...talk, lines: LINES })
    await remember(ground, talk, FACTS)
    const rows = await measure(`prompt of a talk of ${LINES} lines`, deps, await ask(ground, talk))
    const newer = await beginTalk(ground, userId, 'cassandra')
    await layPast(ground, { ...newer, lines: LINES })
    await bringBack(ground, talk)
    rows.push(...(await measure(`the same under ${LINES} newer lines`, deps, await ask(ground, talk))))
    await close()
    return rows
  })
}

/** A new question in the talk, as its turn is leased. */
async function ask({ db, vault, keys }: Ground, { userId, conversationId }: Talk): Promise<Turn> {
  const history = createHistory({ vault, keys })
  const id = newId()
  const question = await inTransaction(db, async (tx) => {
    const user = await lockUser(tx, userId)
    if (!user) throw new Error('there is no such user')
    const place = { channel: 'web', interface: 'browser' } as const
    const line = { conversationId, turnId: id, role: 'user', contentType: 'text', text: 'О чём мы говорили?' } as const
    return history.append(tx, user, { ...line, ...place })
  })
  return {
    id,
    userId,
    conversationId,
    messageId: question.id,
    messageSeq: question.seq,
    channel: 'web',
    interface: 'browser',
    address: null,
    state: 'running',
    code: null,
    priceType: 'basic',
    priceAmount: 1,
    round: 1,
    cancelRequested: false,
    previewId: null,
    leaseToken: 1,
    leaseAttempts: 1,
  }
}

async function measure(what: string, deps: PromptDeps, turn: Turn): Promise<Row[]> {
  const timesMs: number[] = []
  const queryMs: number[] = []
  let cpuMs = 0
  let shape = ''
  for (let call = 0; call < WARM_UP_CALLS + CALLS; call += 1) {
    const cpu = process.cpuUsage()
    const start = performance.now()
    const prepared = await preparePrompt(deps, turn)
    const end = performance.now()
    const { user, system } = process.cpuUsage(cpu)
    if (!prepared || !('prompt' in prepared)) throw new Error('there is no prompt')
    await sql`SELECT 1`.execute(deps.db)
    if (call < WARM_UP_CALLS) continue
    timesMs.push(end - start)
    queryMs.push(performance.now() - end)
    cpuMs += (user + system) / MICROSECONDS_PER_MS / CALLS
    const { prompt } = prepared
    shape = `${prompt.messages.length} messages, ${prompt.system.length} characters of system text`
  }
  const row = { unit: 'ms', floor: null, better: 'less' as const }
  const beside = `${cpuMs.toFixed(1)} ms of processor time each; an empty query ${percentile(queryMs, 0.5).toFixed(2)} ms`
  return [
    { ...row, what: `${what}, p50`, value: percentile(timesMs, 0.5), goal: P50_GOAL_MS, note: `${shape}; ${beside}` },
    { ...row, what: `${what}, p99`, value: percentile(timesMs, 0.99), goal: null, note: `${CALLS} calls` },
  ]
}
