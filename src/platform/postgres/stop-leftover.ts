import { rm } from 'node:fs/promises'
import { basename } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '#platform/log'
import { exists, isServerOn, readPostmasterPid } from './postmaster-pid.ts'

const FAST_STOP_TIMEOUT_MS = 20_000
const IMMEDIATE_STOP_TIMEOUT_MS = 5_000
const POLL_MS = 25
export const SOCKET_DIR_PREFIX = 'vitte-pg-'

/**
 * Ends the server that a killed process left running on this folder, as `pg_ctl stop -m fast` would. Leaves
 * postmaster.pid alone: it guards the data against two servers.
 * @returns the id of a foreign process that now bears the number written in postmaster.pid, if there is one
 */
export async function stopLeftover(cluster: string, log: Log): Promise<number | undefined> {
  const left = await readPostmasterPid(cluster)
  if (!left) return undefined
  if (await isServerOn(left.pid, cluster)) {
    log.warn('postgres.leftover_stopped', { pid: left.pid })
    process.kill(left.pid, 'SIGINT')
    if (!(await isGone(left.pid, cluster, FAST_STOP_TIMEOUT_MS))) {
      process.kill(left.pid, 'SIGQUIT')
      if (!(await isGone(left.pid, cluster, IMMEDIATE_STOP_TIMEOUT_MS))) {
        throw new Error(`an older PostgreSQL (process ${left.pid}) still runs on ${cluster} and does not stop`)
      }
    }
  }
  if (basename(left.socketDir).startsWith(SOCKET_DIR_PREFIX)) await rm(left.socketDir, { recursive: true, force: true })
  return exists(left.pid) ? left.pid : undefined
}

async function isGone(pid: number, cluster: string, withinMs: number): Promise<boolean> {
  const deadlineMs = performance.now() + withinMs
  while (await isServerOn(pid, cluster)) {
    if (performance.now() > deadlineMs) return false
    await sleep(POLL_MS)
  }
  return true
}
