import { readFileSync } from 'node:fs'
import { type Program, startProgram } from '../child-process.ts'
import { bareEnvironment } from '../environment.ts'
import { MASTER_KEY } from '../vitte.ts'

const ROOT = new URL('../../..', import.meta.url).pathname
const { scripts } = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8')) as { scripts: Record<string, string> }

export interface Import {
  /** The old house; absent where nothing is read, as in a rollback. */
  from?: string
  to: string
  args?: readonly string[]
  env?: Record<string, string>
}

export interface Ended {
  code: number | string
  lines: string[]
  said: string
}

/** The command as an operator gives it. */
export function startImport({ from, to, args = [], env = {} }: Import): Program {
  return startCommand('import-legacy', [...(from === undefined ? [] : ['--from', from]), ...args], {
    DATABASE_URL: to,
    MASTER_KEY,
    ...env,
  })
}

/** The same to its end. */
export function runImport(asked: Import): Promise<Ended> {
  return endOf(startImport(asked))
}

/** `npm run audit` of a database. */
export function runAudit(of: string): Promise<Ended> {
  return endOf(startCommand('audit', [], { DATABASE_URL: of, MASTER_KEY }))
}

export async function endOf(program: Program): Promise<Ended> {
  const code = await program.exited
  return { code, lines: program.lines, said: program.lines.join('\n') }
}

function startCommand(name: string, args: readonly string[], env: Record<string, string>): Program {
  return startProgram({
    command: process.execPath,
    // As `npm run` gives them: `node …`.
    args: [...(scripts[name] ?? '').split(' ').slice(1), ...args],
    cwd: ROOT,
    env: { ...bareEnvironment(), ...env },
  })
}
