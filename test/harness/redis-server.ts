import { createClient } from 'redis'
import { type Program, startProgram } from './child-process.ts'
import { bareEnvironment } from './environment.ts'
import { atEnd, type Scope } from './scope.ts'
import { tempFolder } from './temp-folder.ts'
import { REDIS, requireTool } from './tools.ts'

const START_DEADLINE_MS = 30_000

export interface RedisServer {
  port: number
  url: string
  /** Ends the server at once, as a crash does. */
  stop(): Promise<void>
  /** Starts it again, empty, at the same address. */
  start(): Promise<void>
  /** SIGSTOP: takes connections and answers nothing. SIGCONT: goes on. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void
  /** Asks it something on a connection of its own. */
  ask(...command: string[]): Promise<unknown>
}

/** A real redis-server of one's own; nothing is kept on disk. */
export async function startRedisServer(scope: Scope, port: number, settings: string[] = []): Promise<RedisServer> {
  return run(scope, port, [
    ...['--bind', '127.0.0.1', '--port', String(port), '--save', '', '--appendonly', 'no'],
    // A replica writes down what it got from its master, and would find it at its next start.
    ...['--dir', await tempFolder(scope, 'vitte-redis'), '--rdb-del-sync-files', 'yes', ...settings],
  ])
}

/** One that watches others; its settings are written into the file, and so is what it finds out. */
export function startSentinel(scope: Scope, port: number, file: string): Promise<RedisServer> {
  return run(scope, port, [file, '--sentinel'])
}

async function run(scope: Scope, port: number, args: string[]): Promise<RedisServer> {
  const command = requireTool(REDIS)
  const url = `redis://127.0.0.1:${port}`
  let program: Program | undefined
  const start = async () => {
    program = startProgram({ command, args, env: bareEnvironment() })
    await program.line(/Ready to accept connections|Sentinel ID is/, START_DEADLINE_MS)
  }
  const stop = async () => {
    program?.kill('SIGKILL')
    await program?.exited
  }
  atEnd(scope, stop)
  await start()
  const signal: RedisServer['signal'] = (name) => program?.kill(name)
  return { port, url, start, stop, signal, ask: (...words) => ask(url, words) }
}

async function ask(url: string, command: string[]): Promise<unknown> {
  const client = await createClient({ url }).connect()
  try {
    return await client.sendCommand(command)
  } finally {
    client.destroy()
  }
}
