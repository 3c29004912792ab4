import { readdir, readFile } from 'node:fs/promises'

/** Linux counts the time of processes in hundredths of a second. */
const TICKS_PER_SECOND = 100

/** Whose time is counted together, by name: process ids, and with `children` those of their children. */
export type Groups = Record<string, { pids: readonly number[]; children?: boolean }>

/** Seconds of processor time that each group has had so far; of processes that live now. */
export async function cpuSeconds(groups: Groups): Promise<Record<string, number>> {
  const all = await everyProcess()
  return Object.fromEntries(
    Object.entries(groups).map(([name, { pids, children = false }]) => {
      const mine = all.filter(({ pid, parent }) => pids.includes(pid) || (children && pids.includes(parent)))
      return [name, mine.reduce((sum, { ticks }) => sum + ticks, 0) / TICKS_PER_SECOND]
    }),
  )
}

/** The process that this one is a child of. */
export async function parentOf(pid: number): Promise<number> {
  return (await look(String(pid)))?.parent ?? 0
}

async function everyProcess() {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  return (await Promise.all(pids.map(look))).filter((one) => one !== null)
}

/** What Linux tells of a process (proc_pid_stat(5)); null when it has gone meanwhile. */
async function look(pid: string) {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)
  if (stat === null) return null
  // The name in brackets may hold anything; what is counted from here is the third field.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const [PARENT, USER, SYSTEM] = [1, 11, 12]
  return { pid: Number(pid), parent: Number(fields[PARENT]), ticks: Number(fields[USER]) + Number(fields[SYSTEM]) }
}
