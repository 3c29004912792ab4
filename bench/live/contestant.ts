import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'

const BENCH = new URL('..', import.meta.url).pathname

export type Way = 'sse' | 'ws' | 'socket.io'

/** A server of the live bench with its crowd of readers, each in a process of its own. */
export interface Contestant {
  open(count: number): Promise<void>
  /** Resident bytes after a collection of garbage. */
  memory(): Promise<{ connections: number; rss: number }>
  /** Pushes one payload to one reader after the other; how long each took is what the readers saw. */
  push(perSecond: number, seconds: number): Promise<{ cpuMicrosEach: number; delaysMs: number[] }>
  close(): Promise<void>
}

export async function startContestant(way: Way, file: string, args: string[] = []): Promise<Contestant> {
  const server = fork(`${BENCH}${file}`, args, { execArgv: ['--expose-gc'] })
  const { port } = await answer<{ port: number }>(server, 'ready')
  const crowd = fork(`${BENCH}live/crowd.ts`, { execArgv: [] })
  return {
    async open(count) {
      crowd.send({ kind: 'open', port, count, way })
      await answer(crowd, 'opened')
    },
    async memory() {
      server.send({ kind: 'memory' })
      return answer(server, 'memory')
    },
    async push(perSecond, seconds) {
      server.send({ kind: 'push', perSecond, seconds })
      const { sent, cpuMicros } = await answer<{ sent: number; cpuMicros: number }>(server, 'pushed')
      const delaysMs = await allDelays(crowd, sent)
      return { cpuMicrosEach: cpuMicros / sent, delaysMs }
    },
    async close() {
      crowd.disconnect()
      server.disconnect()
      await Promise.all([once(crowd, 'exit'), once(server, 'exit')])
    },
  }
}

/** What was pushed last may still be on its way. */
export async function allDelays(crowd: ChildProcess, sent: number): Promise<number[]> {
  const delaysMs: number[] = []
  for (let looks = 0; delaysMs.length < sent && looks < 100; looks += 1) {
    crowd.send({ kind: 'delays' })
    delaysMs.push(...(await answer<{ delaysMs: number[] }>(crowd, 'delays')).delaysMs)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  if (delaysMs.length !== sent) throw new Error(`${sent} payloads were pushed, and ${delaysMs.length} read`)
  return delaysMs
}

export function answer<Answer>(child: ChildProcess, kind: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const onMessage = (message: unknown) => {
      if ((message as { kind: string }).kind !== kind) return
      child.off('message', onMessage)
      child.off('exit', onExit)
      resolve(message as Answer)
    }
    const onExit = (code: number | null) =>
      reject(new Error(`a process of the bench ended with ${code} before "${kind}"`))
    child.on('message', onMessage)
    child.once('exit', onExit)
  })
}
