import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#platform/ids'
import { draftIdOf } from './draft-id.ts'

test('a turn has one draft, which Telegram takes and no other turn shares', () => {
  const turnIds = Array.from({ length: 1_000 }, () => newId())
  const draftIds = turnIds.map(draftIdOf)
  assert.deepEqual(turnIds.map(draftIdOf), draftIds)
  assert.ok(draftIds.every((id) => Number.isInteger(id) && id > 0 && id < 2 ** 31))
  assert.equal(new Set(draftIds).size, draftIds.length)
  assert.equal(draftIdOf('0192f0c4-7a3e-7c11-9d2f-5b6a80000000'), 1)
})
