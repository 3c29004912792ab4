import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { startImport } from '../../test/harness/legacy/run-import.ts'

const SAMPLE_EVERY_MS = 50
const LAST_LINES = 20

/** What the command says when everything is in, before it proves. */
const ALL_IN = /^[\d,]+ users, [\d,]+ lines, [\d,]+ lines a second$/
const DEADLINE_MS = 3_600_000

export interface Moved {
  /** From its start until everybody is in: reading, sealing, writing, indexes. */
  seconds: number
  /** From its start to its end, with the proof. */
  provenSeconds: number
  /** The most memory that the process ever had (Linux: VmHWM, proc(5)); null where the system does not tell. */
  peakMb: number | null
}

/** The command as an operator runs it. */
export async function runImport({ from, to }: { from: string; to: string }): Promise<Moved> {
  const start = performance.now()
  const program = startImport({ from, to })
  let peakMb: number | null = null
  let running = true
  const ended = program.exited.then((how) => {
    running = false
    return how
  })
  const allIn = program.line(ALL_IN, DEADLINE_MS).then(
    () => (performance.now() - start) / 1_000,
    () => Number.NaN,
  )
  while (running) {
    peakMb = (await readPeak(program.pid)) ?? peakMb
    await Promise.race([ended, sleep(SAMPLE_EVERY_MS)])
  }
  const how = await ended
  const provenSeconds = (performance.now() - start) / 1_000
  assert.equal(how, 0, program.lines.slice(-LAST_LINES).join('\n'))
  return { seconds: await allIn, provenSeconds, peakMb }
}

/** In megabytes; null when the process is gone, and where there is no /proc. */
async function readPeak(pid: number): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]
  return kibibytes === undefined ? null : (Number(kibibytes) * 1_024) / 1_000_000
}
