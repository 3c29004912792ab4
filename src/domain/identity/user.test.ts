import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isTimeZone } from './index.ts'

test('time zones are names that can be computed with', () => {
  for (const name of ['Europe/Moscow', 'Asia/Yekaterinburg', 'UTC']) assert.ok(isTimeZone(name), name)
  for (const name of ['', 'Moscow/Europe', '+03:00', 'Europe/Moscow\u0000', 'x'.repeat(1000)]) {
    assert.ok(!isTimeZone(name), name)
  }
})
