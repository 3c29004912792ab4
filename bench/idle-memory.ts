import { execFile } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { Row } from './row.ts'
import { withVitte } from './with-vitte.ts'

const IDLE_MS = 10_000
const FLOOR_MB = 200
const GOAL_MB = 120

/** Resident memory of a process with all roles that has nothing to do, PostgreSQL left aside. */
export function idleMemory(): Promise<Row[]> {
  return withVitte(async ({ vitte }) => {
    await sleep(IDLE_MS)
    const value = await residentMegabytes(vitte.pid)
    return [
      {
        what: 'idle memory, all roles, without PostgreSQL',
        value,
        unit: 'MB',
        floor: FLOOR_MB,
        goal: GOAL_MB,
        better: 'less',
      },
    ]
  })
}

async function residentMegabytes(pid: number): Promise<number> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)])
  return (Number(stdout) * 1024) / 1_000_000
}
