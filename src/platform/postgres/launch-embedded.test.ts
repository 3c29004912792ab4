import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import pg from 'pg'
import { silentLog as log } from '#test/silent-log'
import { tempFolder } from '#test/temp-folder'
import { waitFor } from '#test/wait-for'
import { DataDirBusyError } from './data-dir-lock.ts'
import { launchEmbedded } from './launch-embedded.ts'
import { readPostmasterPid } from './postmaster-pid.ts'

const settings = { fsync: 'off' }
const LAUNCHER = `
  const { launchEmbedded } = await import(${JSON.stringify(import.meta.resolve('./launch-embedded.ts'))})
  const nothing = () => {}
  const log = { debug: nothing, info: nothing, warn: nothing, error: nothing, with: () => log }
  const { connectionString } = await launchEmbedded({ dataDir: process.argv[1], log, settings: { fsync: 'off' } })
  process.send(connectionString)
  setInterval(nothing, 1000)`

async function ask(connectionString: string, query: string): Promise<Record<string, unknown> | undefined> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  client.on('error', () => {})
  const { rows } = await client.query(query)
  await client.end()
  return rows.at(-1)
}

/** A process of its own that runs the server and can be killed. */
async function launchElsewhere(
  dataDir: string,
): Promise<{ launcher: ChildProcess; connectionString: string; serverPid: number }> {
  const launcher = spawn(process.execPath, ['--input-type=module', '-e', LAUNCHER, dataDir], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const [connectionString] = (await once(launcher, 'message')) as [string]
  const serverPid = (await readPostmasterPid(join(dataDir, 'postgres')))?.pid ?? 0
  return { launcher, connectionString, serverPid }
}

async function kill(launcher: ChildProcess): Promise<void> {
  launcher.kill('SIGKILL')
  await once(launcher, 'exit')
}

test('a new folder becomes a UTF-8 database in UTC, reachable by its socket alone, and keeps what it is told', async (t) => {
  const dataDir = join(await tempFolder(t), 'data')
  const first = await launchEmbedded({ dataDir, log, settings })
  await ask(first.connectionString, 'CREATE TABLE kept AS SELECT 7 AS n')
  const facts = await ask(
    first.connectionString,
    `SELECT current_setting('timezone') AS zone, current_setting('server_encoding') AS encoding,
            current_setting('listen_addresses') AS addresses,
            (SELECT datcollate FROM pg_database WHERE datname = 'postgres') AS locale`,
  )
  assert.deepEqual(facts, { zone: 'UTC', encoding: 'UTF8', addresses: '', locale: 'C' })
  await first.stop()
  await first.stop()
  const second = await launchEmbedded({ dataDir, log, settings })
  assert.deepEqual(await ask(second.connectionString, 'SELECT n FROM kept'), { n: 7 })
  const socketDir = decodeURIComponent(second.connectionString.split('host=')[1] ?? '')
  assert.equal((await stat(socketDir)).mode & 0o777, 0o700)
  await second.stop()
  await assert.rejects(stat(socketDir), { code: 'ENOENT' })
})

test('a second start on the same folder is refused and names it; after a stop the folder is free', async (t) => {
  const dataDir = await tempFolder(t)
  const first = await launchEmbedded({ dataDir, log, settings })
  await assert.rejects(launchEmbedded({ dataDir: `${dataDir}/../${dataDir.split('/').at(-1)}`, log }), (error) => {
    return error instanceof DataDirBusyError && error.message.includes(dataDir)
  })
  await first.stop()
  await (await launchEmbedded({ dataDir, log, settings })).stop()
})

test('after a kill of the process alone the next start takes over from the old server', async (t) => {
  const dataDir = await tempFolder(t)
  const { launcher, connectionString, serverPid } = await launchElsewhere(dataDir)
  await ask(connectionString, 'CREATE TABLE kept (n int)')
  await kill(launcher)
  process.kill(serverPid, 0)
  const next = await launchEmbedded({ dataDir, log, settings })
  assert.deepEqual(await ask(next.connectionString, 'SELECT count(*)::int AS n FROM kept'), { n: 0 })
  assert.notEqual((await readPostmasterPid(join(dataDir, 'postgres')))?.pid, serverPid)
  await next.stop()
})

test('after a kill of process and server the next start recovers', async (t) => {
  const dataDir = await tempFolder(t)
  const { launcher, connectionString, serverPid } = await launchElsewhere(dataDir)
  await ask(connectionString, 'CREATE TABLE kept (n int)')
  process.kill(serverPid, 'SIGKILL')
  await kill(launcher)
  const next = await launchEmbedded({ dataDir, log, settings })
  assert.deepEqual(await ask(next.connectionString, 'SELECT count(*)::int AS n FROM kept'), { n: 0 })
  await next.stop()
})

test('a foreign process that now bears the number of the dead server is no obstacle', async (t) => {
  const dataDir = await tempFolder(t)
  const { launcher, serverPid } = await launchElsewhere(dataDir)
  process.kill(serverPid, 'SIGKILL')
  await kill(launcher)
  const cluster = join(dataDir, 'postgres')
  const { uid, gid } = await stat(cluster)
  const foreign = spawn('sleep', ['60'], { uid, gid, cwd: '/' })
  t.after(() => foreign.kill())
  const lines = (await readFile(join(cluster, 'postmaster.pid'), 'utf8')).split('\n')
  await writeFile(join(cluster, 'postmaster.pid'), [foreign.pid, ...lines.slice(1)].join('\n'))
  const next = await launchEmbedded({ dataDir, log, settings })
  await ask(next.connectionString, 'SELECT 1')
  assert.equal(foreign.exitCode, null)
  await next.stop()
})

test('a server that dies under us is started again at the same address', async (t) => {
  const dataDir = await tempFolder(t)
  const server = await launchEmbedded({ dataDir, log, settings })
  for (const signal of ['SIGQUIT', 'SIGKILL'] as const) {
    const pid = (await readPostmasterPid(join(dataDir, 'postgres')))?.pid ?? 0
    process.kill(pid, signal)
    await waitFor(async () => {
      const now = await readPostmasterPid(join(dataDir, 'postgres'))
      return now?.ready === true && now.pid !== pid
    })
    await ask(server.connectionString, 'SELECT 1')
  }
  await server.stop()
})

test('a folder closed to everybody else works too', async (t) => {
  const parent = await tempFolder(t)
  await chmod(parent, 0o700)
  await mkdir(join(parent, 'data'), { mode: 0o700 })
  const server = await launchEmbedded({ dataDir: join(parent, 'data'), log, settings })
  await ask(server.connectionString, 'SELECT 1')
  await server.stop()
})

test('a setting that PostgreSQL does not take is told at once, and the folder is free again', async (t) => {
  const dataDir = await tempFolder(t)
  await assert.rejects(launchEmbedded({ dataDir, log, settings: { ...settings, work_mem: 'plenty' } }), /work_mem/)
  await (await launchEmbedded({ dataDir, log, settings })).stop()
})

test("the server's own log quotes no rows and no statements", async (t) => {
  const dataDir = await tempFolder(t)
  const server = await launchEmbedded({ dataDir, log, settings })
  const secret = 'CREATE TABLE u (mail text PRIMARY KEY)'
  await ask(server.connectionString, secret)
  await ask(server.connectionString, `INSERT INTO u VALUES ('me@example.org'), ('me@example.org')`).catch(() => {})
  await server.stop()
  assert.doesNotMatch(await readFile(join(dataDir, 'postgres.log'), 'utf8'), /example\.org/)
})
