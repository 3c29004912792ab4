import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import net, { type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const START_TIMEOUT_MS = 10_000

export interface TestRedis {
  url: string
  /** Kills the server; what it held is gone. */
  kill(): Promise<void>
  /** Starts it again on the same port. */
  start(): Promise<void>
  /** Stops the clock of the server (SIGSTOP) and lets it go on (SIGCONT). */
  freeze(): void
  thaw(): void
  /** Ends it for good and removes its folder. */
  remove(): Promise<void>
}

/**
 * A real redis-server on a free port of the loopback, keeping nothing on disk.
 * @throws Error when the machine has no redis-server: install it, the tests do not skip
 */
export async function startTestRedis(): Promise<TestRedis> {
  const port = await freePort()
  const folder = await mkdtemp(join(tmpdir(), 'redis-test-'))
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder]
  let server = await launch(args, port)
  const kill = async () => {
    if (server.exitCode !== null || server.signalCode !== null) return
    server.kill('SIGKILL')
    await once(server, 'exit')
  }
  return {
    url: `redis://127.0.0.1:${port}`,
    kill,
    start: async () => {
      server = await launch(args, port)
    },
    freeze: () => server.kill('SIGSTOP'),
    thaw: () => server.kill('SIGCONT'),
    remove: async () => {
      await kill()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function launch(args: string[], port: number) {
  const server = spawn('redis-server', args, { stdio: 'ignore' })
  await once(server, 'spawn').catch((cause) => {
    throw new Error('redis-server is not on this machine: install it (Debian: apt install redis-server)', { cause })
  })
  const deadlineMs = performance.now() + START_TIMEOUT_MS
  while (!(await accepts(port))) {
    if (server.exitCode !== null || performance.now() > deadlineMs) throw new Error('redis-server does not start')
    await sleep(10)
  }
  return server
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1')
    socket.once('connect', () => socket.end() && resolve(true))
    socket.once('error', () => resolve(false))
  })
}

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
