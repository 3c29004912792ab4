import { type Program, startProgram } from './child-process.ts'
import { bareEnvironment } from './environment.ts'
import { freePort } from './free-port.ts'
import { atEnd, type Scope, wholeFile } from './scope.ts'
import { REDIS, requireTool } from './tools.ts'

const START_DEADLINE_MS = 30_000

export interface TestRedis {
  url: string
  /** Ends the server at once, as a crash does. */
  stop(): Promise<void>
  /** Starts it again, empty, at the same address. */
  start(): Promise<void>
}

/** A real redis-server of one's own on a free port; nothing is written to disk. */
export async function testRedis(scope: Scope = wholeFile): Promise<TestRedis> {
  const command = requireTool(REDIS)
  const port = await freePort()
  let program: Program | undefined
  const start = async () => {
    program = startProgram({
      command,
      args: ['--bind', '127.0.0.1', '--port', String(port), '--save', '', '--appendonly', 'no', '--daemonize', 'no'],
      env: bareEnvironment(),
    })
    await program.line(/Ready to accept connections/, START_DEADLINE_MS)
  }
  const stop = async () => {
    program?.kill('SIGKILL')
    await program?.exited
  }
  atEnd(scope, stop)
  await start()
  return { url: `redis://127.0.0.1:${port}`, start, stop }
}
