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

/** Vitte as a real process with all roles on a PostgreSQL of default durability; the sandbox runs in this process. */
export function withVitte<T>(deed: (running: Running) => Promise<T>): Promise<T> {
  return withServer(async (connectionString) => {
    const hooks: (() => unknown)[] = []
    const scope: Scope = { after: (hook) => hooks.push(hook) }
    try {
      const port = String(await freePort())
      const sandbox = await startTestSandbox(scope, { appUrl: `http://127.0.0.1:${port}` })
      const env = { PORT: port, DATABASE_URL: connectionString, WELCOME_CREDITS_TELEGRAM: PLENTY, LOG_LEVEL: 'warn' }
      const vitte = await startVitte(scope, { ...sandboxEnvironment(sandbox), ...env })
      return await deed({ vitte, sandbox, connectionString, scope })
    } finally {
      for (const hook of hooks) await hook()
    }
  })
}
