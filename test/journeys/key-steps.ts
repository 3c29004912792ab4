import { newId } from '#platform/ids'
import { createVault } from '#platform/vault'
import type { TestDatabase } from '#test/database'
import { type Program, startProgram } from '../harness/child-process.ts'
import { bareEnvironment } from '../harness/environment.ts'

const ROOT = new URL('../..', import.meta.url).pathname

/** `npm run keys <verb>` with these settings alone. */
export function startKeys(verb: 'rotate' | 'status', env: Record<string, string>): Program {
  return start(['dist/processes/keys.js', verb], env)
}

/** `npm run audit` with these settings alone. */
export async function runAudit(env: Record<string, string>) {
  const program = start(['dist/processes/audit.js'], env)
  const code = await program.exited
  return { code, said: program.lines.join('\n') }
}

export async function runKeys(verb: 'rotate' | 'status', env: Record<string, string>) {
  const program = startKeys(verb, env)
  const code = await program.exited
  return { code, said: program.lines.join('\n') }
}

/** Data keys of people who are not here, so that going through all takes its time. */
export async function layKeys({ pool }: TestDatabase, masterKey: string, count: number): Promise<void> {
  const vault = createVault({ masterKey: Buffer.from(masterKey, 'base64') })
  const made = Array.from({ length: count }, () => vault.newDataKey())
  await pool.query(
    'INSERT INTO user_keys (id, user_id, wrapped_key) SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::bytea[])',
    [made.map(({ id }) => id), made.map(() => newId()), made.map(({ wrapped }) => wrapped)],
  )
}

function start(args: string[], env: Record<string, string>): Program {
  return startProgram({ command: process.execPath, args, cwd: ROOT, env: { ...bareEnvironment(), ...env } })
}
