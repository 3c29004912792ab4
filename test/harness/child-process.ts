import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

const STOP_DEADLINE_MS = 15_000
/** Lines kept of what a process says; older ones are forgotten. */
const LINES_MAX = 20_000

/** A program of ours in a process of its own, with what it said so far. */
export interface Program {
  pid: number
  /** Standard output and standard error, line by line in the order of arrival. */
  lines: string[]
  /** Resolves with the first line that matches; rejects with all lines when the process ends before. */
  line(pattern: RegExp, deadlineMs: number): Promise<RegExpExecArray>
  /** Exit code, or the signal's name. */
  exited: Promise<number | string>
  kill(signal: NodeJS.Signals): void
  /** SIGTERM, then SIGKILL when that does not help in time; gives what `exited` gives. */
  stop(): Promise<number | string>
}

export interface ProgramOptions {
  command: string
  args: readonly string[]
  cwd?: string
  env: Record<string, string>
}

export function startProgram({ command, args, cwd, env }: ProgramOptions): Program {
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const lines: string[] = []
  const listeners = new Set<() => void>()
  const tell = () => {
    for (const listener of listeners) listener()
  }
  for (const input of [child.stdout, child.stderr]) {
    createInterface({ input }).on('line', (line) => {
      if (lines.push(line) > LINES_MAX) lines.shift()
      tell()
    })
  }
  let ended: number | string | undefined
  const exited = new Promise<number | string>((resolve) => {
    const end = (how: number | string) => {
      ended = how
      resolve(how)
      tell()
    }
    child.once('error', (error) => end(error.message))
    child.once('close', (code, signal) => end(code ?? signal ?? 'unknown'))
  })

  function line(pattern: RegExp, deadlineMs: number): Promise<RegExpExecArray> {
    return new Promise((resolve, reject) => {
      let read = 0
      const settle = (deed: () => void) => {
        clearTimeout(timer)
        listeners.delete(look)
        deed()
      }
      const fail = (why: string) => settle(() => reject(new Error(`${why} before ${pattern}:\n${lines.join('\n')}`)))
      const look = () => {
        for (; read < lines.length; read++) {
          const match = pattern.exec(lines[read] ?? '')
          if (match) return settle(() => resolve(match))
        }
        if (ended !== undefined) fail(`${args.at(-1)} ended with ${ended}`)
      }
      const timer = setTimeout(() => fail(`${deadlineMs} ms passed`), deadlineMs)
      listeners.add(look)
      look()
    })
  }

  return {
    pid: child.pid ?? 0,
    lines,
    line,
    exited,
    kill: (signal) => void child.kill(signal),
    stop: () => stop(child, exited),
  }
}

async function stop(child: ChildProcess, exited: Promise<number | string>): Promise<number | string> {
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_DEADLINE_MS)
  const how = await exited
  clearTimeout(timer)
  return how
}
