import { setTimeout as sleep } from 'node:timers/promises'
import type { Random } from '../random.ts'
import type { Court } from './court.ts'
import type { DurablePostgres } from './durable-postgres.ts'
import type { Hardship } from './hardship.ts'
import type { House, Serving } from './house.ts'
import type { Losses } from './losses.ts'

const LAST_LEFT_ALONE_MS = 5_000

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
    const doomed = killable(house)
    if (doomed.length === 0) return
    await house.kill(random.pick(doomed).port)
    court.count('harm', 'kills')
    await losses.note()
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
      await deed().catch((error) => court.find('Harm could not be done', String(error)))
    }
  }

  const paces = [
    every(hardship.killEveryMs, killSome),
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

/**
 * Whoever serves: who is only starting holds nothing yet. The last one is left alone for a while, else nobody would ever do
 * anything where a start takes longer than the time between two kills.
 */
function killable(house: House): Serving[] {
  const serving = house.serving()
  if (serving.length > 1) return serving
  return serving.filter(({ sinceMs }) => performance.now() - sinceMs > LAST_LEFT_ALONE_MS)
}
