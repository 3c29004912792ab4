import { setTimeout as sleep } from 'node:timers/promises'
import { type Program, startProgram } from '../../harness/child-process.ts'
import { bareEnvironment } from '../../harness/environment.ts'
import { freePort } from '../../harness/free-port.ts'
import { atEnd, type Scope } from '../../harness/scope.ts'
import { tempFolder } from '../../harness/temp-folder.ts'
import { MASTER_KEY } from '../../harness/vitte.ts'
import { waitFor } from '../../harness/wait-for.ts'
import type { Court } from './court.ts'

const ROOT = new URL('../../..', import.meta.url).pathname
/** On a machine whose cores are all busy a start takes its time; longer is a finding. */
const READY_DEADLINE_MS = 120_000
/** Whoever could not start, because the database was away, is started again after this. */
const RESTART_PAUSE_MS = 300
const LAST_LINES = 12
/** What no outage explains; that the database was away may be said as loudly as the product likes. */
const NEVER_LOGGED = ['process.unhandled_rejection', 'process.no_longer_alone', 'telegram.update_given_up']

/** Several processes of one Vitte. Whoever ends is started again, as an operator's supervisor does. */
export interface House {
  /** The ports of those that are at work at this moment, whatever their roles. */
  serving(): number[]
  /** The ports of those that serve pages. */
  doors(): number[]
  /** Ends the one at this port, at once or (SIGTERM) in order. Resolves when it is gone. */
  end(port: number, signal: 'SIGKILL' | 'SIGTERM'): Promise<void>
  /** Resolves when all serve. */
  complete(): Promise<void>
  /** SIGTERM to all: each must exit with 0. */
  close(): Promise<void>
}

export interface HouseOptions {
  /** The roles of each process; the first one serves pages. */
  processes: readonly string[]
  env: Record<string, string>
  /** Is told what no process may do: end by itself while it served, or say that something went wrong inside. */
  court: Court
}

/** So many processes that do everything. */
export function withEveryRole(count: number): string[] {
  return Array.from({ length: count }, () => 'http,bot,worker')
}

export async function openHouse(scope: Scope, { processes, env, court }: HouseOptions): Promise<House> {
  const onEnd = ({ lines }: Program, how: number | string, served: boolean) => {
    for (const line of lines) hearLine(line, court)
    if (how === 'SIGKILL' || how === 0) return
    if (served) court.find('A process that served ended by itself', how, lines.slice(-LAST_LINES))
    else court.count('harm', 'starts in vain')
  }
  const [first = '', ...others] = processes
  const rooms = [await openRoom(scope, { ...env, ROLES: first }, onEnd)]
  const close = async () => {
    for (const how of await Promise.all(rooms.map((room) => room.close()))) {
      if (how !== 0) court.find('A process that was told to leave did not do so in order', how)
    }
  }
  atEnd(scope, close)
  // Who ends in order leaves behind what it has compiled; those that are killed would compile everything every time.
  await waitFor(() => rooms[0]?.serves(), { deadlineMs: READY_DEADLINE_MS, what: 'the first one serves' })
  await rooms[0]?.end('SIGTERM')
  for (const ROLES of others) rooms.push(await openRoom(scope, { ...env, ROLES }, onEnd))
  const portsOf = (some: typeof rooms) => some.flatMap(({ port, serves }) => (serves() ? [port] : []))
  return {
    serving: () => portsOf(rooms),
    doors: () => portsOf(rooms.filter(({ roles }) => roles.includes('http'))),
    end: async (at, signal) => rooms.find(({ port }) => port === at)?.end(signal),
    async complete() {
      await waitFor(() => rooms.every(({ serves }) => serves()), { deadlineMs: READY_DEADLINE_MS, what: 'all serve' })
    },
    close,
  }
}

/** A place for one process after another. */
async function openRoom(
  scope: Scope,
  given: Record<string, string> & { ROLES: string },
  onEnd: (program: Program, how: number | string, served: boolean) => void,
) {
  const port = await freePort()
  const place = { HOST: '127.0.0.1', PORT: String(port), DATA_DIR: await tempFolder(scope, 'vitte-data') }
  const env = { ...bareEnvironment(), MASTER_KEY, ...place, ...given }
  let serves = false
  let closing = false
  let program = start()
  const ended = keep()

  function start(): Program {
    const started = startProgram({ command: process.execPath, args: ['dist/processes/main.js'], cwd: ROOT, env })
    started.line(/^ready /, READY_DEADLINE_MS).then(
      () => {
        serves = true
      },
      () => started.kill('SIGABRT'),
    )
    return started
  }

  async function keep(): Promise<number | string> {
    for (;;) {
      const how = await program.exited
      onEnd(program, how, serves && !closing)
      if (closing) return how
      serves = false
      if (how !== 'SIGKILL') await sleep(RESTART_PAUSE_MS)
      if (closing) return how
      program = start()
    }
  }

  return {
    port,
    roles: given.ROLES,
    serves: () => serves,
    async end(signal: NodeJS.Signals) {
      const { exited, kill } = program
      kill(signal)
      await exited
    },
    async close() {
      closing = true
      await program.stop()
      return ended
    },
  }
}

/** Errors are counted by their names; some may never be said. */
function hearLine(line: string, court: Court): void {
  const [, event] = /^\{"level":"error".*"event":"([^"]*)"/.exec(line) ?? []
  if (event === undefined) return
  court.count('logged', event)
  if (NEVER_LOGGED.includes(event)) court.find(`${event} was logged`, line)
}
