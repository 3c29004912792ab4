import assert from 'node:assert/strict'
import { test } from 'node:test'
import { found } from '../found.ts'
import { telegramTypes } from './telegram-types.ts'

test("Telegram's types stay in edges/telegram", () => {
  const line = "import type { Update } from 'grammy/types'\n"
  assert.deepEqual(found(telegramTypes, { 'src/edges/telegram/parse-update.ts': line }), [])
  assert.deepEqual(found(telegramTypes, { 'src/domain/replies/receive.ts': line }), ['src/domain/replies/receive.ts:1'])
  assert.deepEqual(found(telegramTypes, { 'src/edges/web/routes.ts': line }), ['src/edges/web/routes.ts:1'])
  assert.deepEqual(found(telegramTypes, { 'web/telegram/launch.ts': "import '@tma.js/sdk-react'\n" }), [])
})
