import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

const MICROS_PER_SECOND = 1_000_000

/** Processor time of another process so far, in microseconds, as Linux counts it (proc(5): utime and stime). */
export async function cpuMicrosOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
  // The name may have spaces: what follows its bracket begins with the third field.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return ((Number(fields[11]) + Number(fields[12])) * MICROS_PER_SECOND) / (await ticksPerSecond())
}

async function ticksPerSecond(): Promise<number> {
  const { stdout } = await promisify(execFile)('getconf', ['CLK_TCK'])
  return Number(stdout)
}
