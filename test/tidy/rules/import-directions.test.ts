import assert from 'node:assert/strict'
import { test } from 'node:test'
import { found } from '../found.ts'
import { importDirections } from './import-directions.ts'

function refused(path: string, specifier: string): boolean {
  return found(importDirections, { [path]: `const first = 1\nimport '${specifier}'\n` }).includes(`${path}:2`)
}

test('imports go down the floors and never up', () => {
  assert.ok(!refused('src/processes/wire.ts', '#edges/telegram'))
  assert.ok(!refused('src/edges/web/send.ts', '#domain/replies'))
  assert.ok(!refused('src/domain/credits/hold.ts', '#platform/postgres'))
  assert.ok(!refused('src/platform/vault/vault.ts', '#platform/ids'))
  assert.ok(!refused('src/platform/log/log.ts', '#contract/words'))
  assert.ok(refused('src/edges/web/send.ts', '../../processes/config.ts'))
  assert.ok(refused('src/domain/credits/hold.ts', '#edges/telegram'))
  assert.ok(refused('src/platform/vault/vault.ts', '#domain/identity'))
  assert.ok(refused('src/contract/api.ts', '#platform/ids'))
})

test('types, re-exports and lazy imports count as well', () => {
  const path = 'src/platform/vault/vault.ts'
  for (const line of [
    "import type { User } from '#domain/identity'",
    "export { user } from '#domain/identity'",
    "export * from '#domain/identity'",
    "const user = await import('#domain/identity')",
    "type User = import('#domain/identity').User",
  ]) {
    assert.deepEqual(found(importDirections, { [path]: `\n${line}\n` }), [`${path}:2`], line)
  }
})

test('the contract imports nothing but itself', () => {
  assert.ok(!refused('src/contract/api.ts', './words.ts'))
  assert.ok(refused('src/contract/api.ts', 'zod'))
  assert.ok(refused('src/contract/api.ts', 'node:crypto'))
})

test('domain rooms follow their order and rooms side by side do not meet', () => {
  assert.ok(!refused('src/domain/proactive/remind.ts', '#domain/replies'))
  assert.ok(!refused('src/domain/replies/finish-reply.ts', '#domain/credits'))
  assert.ok(!refused('src/domain/credits/hold.ts', '#domain/identity'))
  assert.ok(refused('src/domain/credits/hold.ts', '#domain/conversations'))
  assert.ok(refused('src/domain/identity/user.ts', '#domain/credits'))
  assert.ok(refused('src/domain/delivery/deliver-due.ts', '#domain/replies'))
  assert.ok(refused('src/domain/unheard-of/thing.ts', '#domain/identity'))
})

test('edges never import each other, except http', () => {
  assert.ok(!refused('src/edges/web/routes.ts', '#edges/http'))
  assert.ok(refused('src/edges/web/routes.ts', '#edges/telegram'))
  assert.ok(refused('src/edges/http/app.ts', '#edges/web'))
})

test('the page and the sandbox know the contract alone', () => {
  assert.ok(!refused('web/chat/send.ts', '#contract/api'))
  assert.ok(!refused('web/texts/texts.ts', '../../locales/ru/web.ftl?raw'))
  assert.ok(!refused('web/chat/send.ts', 'react'))
  assert.ok(refused('web/chat/send.ts', '#domain/replies'))
  assert.ok(refused('web/chat/send.ts', '../../src/domain/replies/index.ts'))
  assert.ok(!refused('sandbox/telegram/world.ts', '#contract/words'))
  assert.ok(refused('sandbox/telegram/world.ts', '#platform/ids'))
  assert.ok(refused('src/edges/web/routes.ts', '../../../web/chat/send.ts'))
  assert.ok(refused('src/edges/telegram/poll.ts', '#sandbox'))
  assert.ok(!refused('src/processes/wire.ts', '#sandbox'))
})

test('a build knows how the page is built, and nothing that runs builds', () => {
  assert.ok(!refused('build/page.ts', '../web/vite.config.ts'))
  assert.ok(refused('build/server.ts', '#domain/replies'))
  assert.ok(refused('src/processes/dev.ts', '../../build/page.ts'))
  assert.ok(!refused('test/browser/world.ts', '../../build/page.ts'))
})

test('the harness belongs to tests', () => {
  assert.ok(!refused('src/domain/credits/hold.test.ts', '#test/database'))
  assert.ok(refused('src/domain/credits/hold.ts', '#test/database'))

  const suite = { 'src/platform/live/contract.ts': "import '#test/redis'\n" }
  const test = { 'src/platform/live/live.test.ts': "import './contract.ts'\n" }
  assert.deepEqual(found(importDirections, { ...suite, ...test }), [])
  const product = { 'src/platform/live/live.ts': "import './contract.ts'\n" }
  assert.deepEqual(found(importDirections, { ...suite, ...test, ...product }), ['src/platform/live/contract.ts:1'])
})
