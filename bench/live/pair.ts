import { fork } from 'node:child_process'
import { once } from 'node:events'
import { allDelays, answer, type Way } from './contestant.ts'

const BENCH = new URL('..', import.meta.url).pathname
/** After the last reader has joined: what a process has asked Redis for is there. */
const SETTLE_MS = 500

export interface PairFiles {
  way: Way
  /** Where things happen. */
  source: string
  sourceArgs: string[]
  /** Who holds the readers' connections. */
  holder: string
  holderArgs: string[]
}

/** Two processes over one Redis: things happen at one, and are seen on connections that the other holds. */
export interface Pair {
  /** Pushes one payload to one reader after the other. */
  push(perSecond: number, seconds: number): Promise<{ cpuMicrosEach: number; delaysMs: number[] }>
  close(): Promise<void>
}

export async function startPair({ way, ...files }: PairFiles, readers: number): Promise<Pair> {
  const source = fork(`${BENCH}${files.source}`, files.sourceArgs)
  const holder = fork(`${BENCH}${files.holder}`, files.holderArgs)
  const [, { port }] = await Promise.all([answer(source, 'ready'), answer<{ port: number }>(holder, 'ready')])
  const crowd = fork(`${BENCH}live/crowd.ts`)
  crowd.send({ kind: 'open', port, count: readers, way })
  await answer(crowd, 'opened')
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS))
  const holderCpu = async () => {
    holder.send({ kind: 'cpu' })
    return (await answer<{ micros: number }>(holder, 'cpu')).micros
  }
  return {
    async push(perSecond, seconds) {
      const before = await holderCpu()
      source.send({ kind: 'push', perSecond, seconds, among: readers })
      const { sent, cpuMicros } = await answer<{ sent: number; cpuMicros: number }>(source, 'pushed')
      const delaysMs = await allDelays(crowd, sent)
      return { cpuMicrosEach: (cpuMicros + (await holderCpu()) - before) / sent, delaysMs }
    },
    async close() {
      for (const child of [crowd, holder, source]) child.disconnect()
      await Promise.all([crowd, holder, source].map((child) => once(child, 'exit')))
    },
  }
}
