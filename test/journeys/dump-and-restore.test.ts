import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { test } from 'node:test'
import pg from 'pg'
import { freePort } from '#test/free-port'
import { Person } from '#test/people'
import { sandboxEnvironment, startTestSandbox } from '#test/sandbox'
import { MASTER_KEY, startInVain, startVitte } from '#test/vitte'
import { startProgram } from '../harness/child-process.ts'
import { bareEnvironment } from '../harness/environment.ts'
import { hasPackagedPostgres, packaged, startPackagedPostgres } from '../harness/packaged-postgres.ts'
import { tempFolder } from '../harness/temp-folder.ts'
import { databaseAt } from '../harness/template.ts'
import { runAudit } from './key-steps.ts'

const LINE = 'это переживёт любой диск'
const MISSING = 'not tried: there is no PostgreSQL 15 with pg_dump and pg_restore here'

test('a database that was dumped while people wrote and is restored opens with its key, audit and all, and with no other', async (t) => {
  if (!(await hasPackagedPostgres())) return t.diagnostic(MISSING)
  const server = await startPackagedPostgres(t)
  await query(server, 'CREATE DATABASE vitte', 'CREATE DATABASE restored')
  const [original, restored] = ['vitte', 'restored'].map((name) => databaseAt(server, name)) as [string, string]
  const port = await freePort()
  const sandbox = await startTestSandbox(t, { appUrl: `http://127.0.0.1:${port}` })
  const env = { ...sandboxEnvironment(sandbox), PORT: String(port), MASTER_KEY }
  const vitte = await startVitte(t, { ...env, DATABASE_URL: original })
  const person = new Person(vitte.url, t)
  await person.signInByMail(sandbox, 'reader@example.org')
  await person.confirmAdult()
  await person.startConversation('arina')
  await person.talk(LINE)

  const dump = join(await tempFolder(t, 'vitte-dump'), 'vitte.dump')
  await run('pg_dump', '--format=custom', `--file=${dump}`, original)
  await vitte.stop()
  await run('pg_restore', '--no-owner', '--exit-on-error', `--dbname=${restored}`, dump)
  const other = randomBytes(32).toString('base64')
  const { code, said } = await startInVain({ DATABASE_URL: restored, MASTER_KEY: other })
  assert.equal(code, 1)
  assert.match(said, /MASTER_KEY is not the key/)
  await assert.rejects(query(restored, "UPDATE audit_events SET kind = 'x'"), /only grows/)

  const again = await startVitte(t, { ...env, DATABASE_URL: restored })
  const back = person.at(again.url)
  assert.ok((await back.history()).some(({ text }) => text === LINE))
  await back.talk('и дальше идёт')
  assert.deepEqual(await runAudit({ DATABASE_URL: restored, MASTER_KEY }), { code: 0, said: 'sound' })
})

async function run(program: string, ...args: string[]): Promise<void> {
  const running = startProgram({ command: packaged(program), args, env: bareEnvironment() })
  assert.equal(await running.exited, 0, running.lines.join('\n'))
}

async function query(connectionString: string, ...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString, application_name: 'test-harness' })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}
