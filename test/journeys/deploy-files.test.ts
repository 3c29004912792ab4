import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { resolve } from 'node:path'
import { test } from 'node:test'
import { parse } from 'yaml'
import { NGINX, requireTool } from '#test/tools'

// Nobody builds the image in the tests: what it would lack at its first start is looked for in its files.

/** createDatabase of src/processes/open-database.ts, four times, and what watches over them. */
const CONNECTIONS_PER_PROCESS = 21
const PROCESSES_AT_LEAST = 10
/** One to the browser, one to Vitte. */
const CONNECTIONS_PER_PAGE = 2
const PAGES_OF_A_PROCESS = 15_000
const CORES_AT_LEAST = 2
const SUPERUSER_CONNECTIONS = 3

interface Compose {
  services: Record<string, { environment?: Record<string, string>; command?: string[]; image?: string }>
}

const compose: Compose = parse(await readFile('deploy/compose.yaml', 'utf8'), { merge: true })
const example = await readFile('deploy/env.example', 'utf8')

test('the image has every folder that the sources read beside themselves', async () => {
  const image = await readFile('deploy/Dockerfile', 'utf8')
  const root = new Set(await readdir('.'))
  const wanted = new Set(['src', 'web/dist'])
  for (const file of globSync('src/**/*.ts').filter((path) => !path.endsWith('.test.ts'))) {
    const text = await readFile(file, 'utf8')
    for (const [, name = ''] of text.matchAll(/'(?:\.\.\/){2,}([\w.-]+)[/']/g)) if (root.has(name)) wanted.add(name)
  }
  assert.ok(wanted.has('legal') && wanted.has('migrations'), [...wanted].join())
  for (const name of wanted) {
    if (name === 'web') continue
    assert.match(image, new RegExp(`^COPY (--from=\\S+ /vitte/)?(.* )?${name.replace('.', '\\.')} `, 'm'), name)
  }
})

test('the three roles are there, share their settings, and each is told its own role', () => {
  for (const role of ['http', 'bot', 'worker']) {
    const { environment = {} } = compose.services[role] ?? {}
    assert.ok(environment.ROLES?.split(',').includes(role))
    for (const shared of ['DATABASE_URL', 'REDIS_URL', 'MASTER_KEY'])
      assert.ok(environment[shared], `${role}: ${shared}`)
  }
})

test('what the compose file asks for is in the example, and the other way round', async () => {
  const asked = new Set(
    [...(await readFile('deploy/compose.yaml', 'utf8')).matchAll(/\$\{(\w+)/g)].map(([, name]) => name),
  )
  const given = new Set([...example.matchAll(/^(\w+)=/gm)].map(([, name]) => name))
  assert.deepEqual([...asked].toSorted(), [...given].toSorted())
})

test('nginx takes as many open pages as one process holds, and keeps nobody’s address', async () => {
  const main = await readFile('deploy/nginx.main.conf', 'utf8')
  const [, each] = /worker_connections (\d+);/.exec(main) ?? []
  assert.ok(Number(each) >= CONNECTIONS_PER_PAGE * (PAGES_OF_A_PROCESS / CORES_AT_LEAST), each)
  assert.match(main, /access_log off;/)
  const args = ['-t', '-e', 'stderr', '-p', tmpdir(), '-c', resolve('deploy/nginx.main.conf')]
  assert.match(spawnSync(requireTool(NGINX), args, { encoding: 'utf8' }).stderr, /syntax is ok/)
})

test('PostgreSQL of the compose file takes the connections of ten processes', () => {
  const most = /max_connections=(\d+)/.exec((compose.services.postgres?.command ?? []).join(' '))?.[1]
  assert.ok(Number(most) - SUPERUSER_CONNECTIONS >= PROCESSES_AT_LEAST * CONNECTIONS_PER_PROCESS, most)
})
