import { createHistory } from '#domain/conversations'
import { createKeyRing, type KeyRing } from '#domain/identity'
import { createMemory } from '#domain/memory'
import { createCatalogue, loadPersonas, publishPersonas } from '#domain/personas'
import { type Cache, createLocalCache, createRedisCache } from '#platform/cache'
import { systemClock } from '#platform/clock'
import { createDatabase, inTransaction } from '#platform/postgres'
import { connectRedis } from '#platform/redis'
import { createVault } from '#platform/vault'
import type { PromptDeps } from '../../src/domain/replies/prompt/prepare-prompt.ts'
import { PERSONAS_FOLDER } from '../../src/processes/places.ts'
import { testRedis } from '../../test/harness/redis.ts'
import { openTestSafeguard } from '../../test/harness/safeguard.ts'
import { silentLog } from '../../test/harness/silent-log.ts'
import { waitFor } from '../../test/harness/wait-for.ts'
import { layPast } from '../lay-past.ts'
import type { Row } from '../row.ts'
import { withServer } from '../with-server.ts'
import { compareWays, type Way } from './compare-ways.ts'
import { beginTalk, bringBack, type Ground, makeReader, remember } from './long-talk.ts'

const LINES = 10_000
const FACTS = 50
/** As many as a process has for all but accepting. */
const CONNECTIONS = 12
/** A window in which the budget for recent messages is used up. */
const CONTEXT_TOKENS = 32_000

/**
 * Everything between a leased turn and the call of the model: a long conversation with a summary and facts, all of it
 * sealed; and the same one brought back from under as many newer lines of another. With recent messages read from
 * PostgreSQL alone, kept in this process, and kept in Redis, one after the other for the same question.
 */
export function promptAssembly(): Promise<Row[]> {
  return withServer(async (connectionString) => {
    const { db, pool, close } = createDatabase({ connectionString, maxConnections: CONNECTIONS, log: silentLog })
    const vault = createVault({ masterKey: Buffer.alloc(32, 7) })
    const files = await loadPersonas(PERSONAS_FOLDER)
    await inTransaction(db, (tx) => publishPersonas(tx, files))
    const ground: Ground = { db, vault, keys: createKeyRing({ vault, db }) }
    const hooks: (() => unknown)[] = []
    const deps: Omit<PromptDeps, 'history' | 'memory'> = {
      db,
      catalogue: createCatalogue(files),
      model: { contextTokens: CONTEXT_TOKENS },
      clock: systemClock,
      safeguard: await openTestSafeguard(),
    }
    try {
      const ways = await openWays(ground, deps, { after: (hook) => hooks.push(hook) })
      const userId = await makeReader(ground)
      const talk = await beginTalk(ground, userId, 'arina')
      await layPast(ground, { ...talk, lines: LINES })
      await remember(ground, talk, FACTS)
      const rows = await compareWays(`prompt of a talk of ${LINES} lines`, { ground, pool, ways, talk })
      const newer = await beginTalk(ground, userId, 'cassandra')
      await layPast(ground, { ...newer, lines: LINES })
      await bringBack(ground, talk)
      return [...rows, ...(await compareWays(`the same under ${LINES} newer lines`, { ground, pool, ways, talk }))]
    } finally {
      for (const hook of hooks.reverse()) await hook()
      await close()
    }
  })
}

async function openWays(
  ground: Ground & { keys: KeyRing },
  deps: Omit<PromptDeps, 'history' | 'memory'>,
  scope: { after(hook: () => unknown): void },
): Promise<Way[]> {
  const server = await testRedis(scope)
  const redis = await connectRedis({ url: server.url, log: silentLog })
  scope.after(() => redis.destroy())
  await waitFor(() => redis.isReady)
  // Opened facts never leave the process.
  const nearby = createLocalCache({ clock: systemClock })
  const way = (name: string, cache?: Cache, near = cache && nearby): Way => ({
    name,
    deps: { ...deps, history: createHistory({ ...ground, cache }), memory: createMemory({ ...ground, cache: near }) },
  })
  return [
    way('PostgreSQL alone'),
    way('kept in the process', createLocalCache({ clock: systemClock })),
    way('kept in Redis', createRedisCache({ redis: redis, name: 'recent' })),
  ]
}
