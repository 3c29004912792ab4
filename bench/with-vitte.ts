import type { Sandbox } from '#sandbox'
import { freePort } from '../test/harness/free-port.ts'
import { sandboxEnvironment, startTestSandbox } from '../test/harness/sandbox.ts'
import type { Scope } from '../test/harness/scope.ts'
import { startVitte, type Vitte } from '../test/harness/vitte.ts'
import { withServer } from './with-server.ts'

const PLENTY = 'basic:1000000,pro:0,cassandra:0'

export interface Running {
  vitte: Vitte
  sandbox: Sandbox
  connectionString: string
  /** Closed when the bench ends. */
  scope: Scope
}

/**
 * Vitte as a real process with all roles on a PostgreSQL of default durability; the sandbox runs in this process.
 * `host` is the name under which browsers know Vitte, `more` what it is told besides.
 */
export function withVitte<T>(
  deed: (running: Running) => Promise<T>,
  host = '127.0.0.1',
  more: Record<string, string> = {},
): Promise<T> {
  return withServer(async (connectionString) => {
    const hooks: (() => unknown)[] = []
    const scope: Scope = { after: (hook) => hooks.push(hook) }
    try {
      const port = String(await freePort())
      const url = `http://${host}:${port}`
      const sandbox = await startTestSandbox(scope, { appUrl: url })
      const env = { PORT: port, PUBLIC_URL: url, DATABASE_URL: connectionString, LOG_LEVEL: 'warn' }
      const plenty = { WELCOME_CREDITS_TELEGRAM: PLENTY }
      const vitte = await startVitte(scope, { ...sandboxEnvironment(sandbox), ...env, ...plenty, ...more })
      return await deed({ vitte, sandbox, connectionString, scope })
    } finally {
      for (const hook of hooks) await hook()
    }
  })
}
