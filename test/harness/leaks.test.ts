import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { test } from 'node:test'
import { noLeaks } from './leaks.ts'
import type { Scope } from './scope.ts'

async function endOf(open: () => unknown): Promise<void> {
  const hooks: (() => unknown)[] = []
  const scope: Scope = { after: (hook) => hooks.push(hook) }
  noLeaks(scope, 300)
  await open()
  for (const hook of hooks) await hook()
}

test('a test that closes what it opened passes', async () => {
  await endOf(async () => {
    const server = createServer().listen(0)
    await once(server, 'listening')
    server.close()
  })
})

test('a server left open fails the test', async (t) => {
  const server = createServer()
  t.after(() => server.close())
  await assert.rejects(
    endOf(() => once(server.listen(0), 'listening')),
    /left open: .*TCPServerWrap x 1/,
  )
})

test('a timer left running fails the test', async (t) => {
  let timer: NodeJS.Timeout | undefined
  t.after(() => clearTimeout(timer))
  await assert.rejects(
    endOf(() => {
      timer = setTimeout(() => {}, 60_000)
    }),
    /left open: Timeout/,
  )
})
