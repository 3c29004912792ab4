import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLog } from '#platform/log'
import type { InboundUpdate } from './inbound-update.ts'
import { guardAgainstPoison } from './poison-guard.ts'

const log = createLog({ level: 'silent' })
const person = { id: '1', displayName: 'Н', username: undefined, locale: 'ru' } as const
const update: InboundUpdate = { kind: 'edited', updateId: 5, person, messageId: 1 }

test('an update that always fails is passed over after ten times', async () => {
  const handle = guardAgainstPoison(() => Promise.reject(new Error('poison')), log)
  for (let time = 1; time < 10; time += 1) await assert.rejects(handle(update))
  await handle(update)
})

test('while the database is away nothing is passed over', async () => {
  const away = Object.assign(new Error('refused'), { code: 'ECONNREFUSED', syscall: 'connect' })
  const handle = guardAgainstPoison(() => Promise.reject(away), log)
  for (let time = 0; time < 30; time += 1) await assert.rejects(handle(update))
})
