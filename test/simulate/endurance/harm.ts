import { setTimeout as sleep } from 'node:timers/promises'
import type { Random } from '../random.ts'
import type { Court } from './court.ts'
import type { DurablePostgres } from './durable-postgres.ts'
import type { Hardship } from './hardship.ts'
import type { House } from './house.ts'
import type { Losses } from './losses.ts'

export interface Victims {
  house: House
  postgres: DurablePostgres
  /** Redis forgets everything. */
  flushRedis(): Promise<unknown>
  losses: Losses
  court: Court
}

export interface Harm {
  /** One last kill, and no more harm after it. Resolves with its time (`performance.now()`). */
  stop(): Promise<number>
}

/** Begins to kill and to shut down, each at its own pace, until stopped. Who is killed is told by the seed. */
export function doHarm(victims: Victims, random: Random, hardship: Hardship): Harm {
  const stopping = new AbortController()
  const { court, house, postgres, losses, flushRedis } = victims

  async function killSome(): Promise<void> {
    // Who is only starting holds nothing yet. Where starts take longer than the pauses between kills, half of all are left
    // alone, else nobody would ever come to do anything.
    const serving = house.serving()
    if (serving.length < hardship.processes.length / 2) return
    await house.end(random.pick(serving), 'SIGKILL')
    court.count('harm', 'kills')
    await losses.note()
  }

  async function restartSome(): Promise<void> {
    const serving = house.serving()
    if (serving.length < hardship.processes.length / 2) return
    await house.end(random.pick(serving), 'SIGTERM')
    court.count('harm', 'restarts')
  }

  async function shutDown(): Promise<void> {
    await postgres.shutDownAtOnce()
    court.count('harm', 'PostgreSQL shut down')
  }

  async function flush(): Promise<void> {
    await flushRedis()
    court.count('harm', 'Redis flushed')
  }

  async function every(ms: number, deed: () => Promise<void>): Promise<void> {
    let due = performance.now()
    for (let time = 1; time <= hardship.harmsMax; time += 1) {
      due = Math.max(due + ms, performance.now())
      await sleep(Math.max(0, due - performance.now()), undefined, { signal: stopping.signal }).catch(() => {})
      if (stopping.signal.aborted) return
      // Who is on the way down or up already cannot be harmed.
      await deed().catch(() => court.count('harm', 'not possible'))
    }
  }

  const paces = [
    every(hardship.killEveryMs, killSome),
    every(hardship.restartEveryMs, restartSome),
    every(hardship.restartPostgresEveryMs, shutDown),
    every(hardship.flushRedisEveryMs, flush),
  ]
  return {
    async stop() {
      stopping.abort()
      await Promise.all(paces)
      await house.complete()
      const lastMs = performance.now()
      await killSome()
      return lastMs
    },
  }
}
