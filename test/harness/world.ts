import type { Sandbox, SandboxOptions } from '#sandbox'
import { type TestDatabase, testDatabase } from './database.ts'
import { freePort } from './free-port.ts'
import { type TestRedis, testRedis } from './redis.ts'
import { sandboxEnvironment, startTestSandbox } from './sandbox.ts'
import { type Scope, wholeFile } from './scope.ts'
import { startVitte, type Vitte } from './vitte.ts'

export interface World {
  vitte: Vitte
  sandbox: Sandbox
  /** Look behind the doors: the database that Vitte works on. */
  database: TestDatabase
  redis: TestRedis | null
  /** Another process beside the first, or the same one again after its end. */
  startAnother(env?: Record<string, string>): Promise<Vitte>
}

export interface WorldOptions {
  env?: Record<string, string>
  /** With Redis several processes may share the database. */
  redis?: boolean
  sandbox?: Partial<SandboxOptions>
}

/** Vitte as a real process with its own database, and the sandbox as everything around it. */
export async function startWorld(scope: Scope = wholeFile, options: WorldOptions = {}): Promise<World> {
  const port = await freePort()
  const database = await testDatabase(scope)
  const redis = options.redis ? await testRedis(scope) : null
  const sandbox = await startTestSandbox(scope, { appUrl: `http://127.0.0.1:${port}`, ...options.sandbox })
  const env = {
    DATABASE_URL: database.connectionString,
    ...(redis ? { REDIS_URL: redis.url } : {}),
    ...sandboxEnvironment(sandbox),
    ...options.env,
  }
  const vitte = await startVitte(scope, { PORT: String(port), ...env })
  return { vitte, sandbox, database, redis, startAnother: (more) => startVitte(scope, { ...env, ...more }) }
}
