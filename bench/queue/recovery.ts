import { fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Contender, Stand } from './contender.ts'
import type { ContenderName } from './contenders.ts'

const HOLD_JOB = new URL('hold-job.ts', import.meta.url).pathname
/** BullMQ looks for stalled jobs every 30 s and finds one at the second look. */
const WAIT_MAX_MS = 75_000
const JOB = 1_000_000_000

/**
 * Seconds from the death of a worker that had a job in its hands until another one begins it; null: not within the time
 * waited. All at once, as nothing is done meanwhile.
 */
export async function recoverySeconds(
  stand: Stand,
  contenders: readonly (readonly [ContenderName, Contender])[],
): Promise<Record<ContenderName, number | null>> {
  const seconds = await Promise.all(contenders.map(([name, contender]) => recoverOne(stand, name, contender)))
  return Object.fromEntries(contenders.map(([name], index) => [name, seconds[index] ?? null])) as Record<
    ContenderName,
    number | null
  >
}

async function recoverOne(
  { connectionString, redisUrl }: Stand,
  name: ContenderName,
  contender: Contender,
): Promise<number | null> {
  await contender.add(JOB)
  const victim = fork(HOLD_JOB, [name, connectionString, redisUrl])
  await once(victim, 'message')
  victim.kill('SIGKILL')
  await once(victim, 'exit')
  const startMs = performance.now()
  const { promise: begun, resolve } = Promise.withResolvers<number>()
  const worker = await contender.work(1, async () => resolve(performance.now()))
  const beganMs = await Promise.race([begun, sleep(WAIT_MAX_MS, null)])
  await worker.stop()
  return beganMs === null ? null : (beganMs - startMs) / 1_000
}
