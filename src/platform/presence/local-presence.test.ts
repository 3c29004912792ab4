import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createSettableClock } from '#platform/clock'
import { createLocalPresence } from './create-local-presence.ts'
import { ONLINE_TTL_MS, TYPING_TTL_MS } from './presence.ts'
import { presenceContract } from './presence-contract.ts'

presenceContract('in one process', async () => {
  const clock = createSettableClock()
  const presence = createLocalPresence({ clock })
  const times = { 'a moment': 1, typing: TYPING_TTL_MS, online: ONLINE_TTL_MS }
  return { here: presence, there: presence, pass: async (what) => clock.advance(times[what]) }
})

test('a stepped wall clock makes nobody vanish', async () => {
  const clock = createSettableClock()
  const presence = createLocalPresence({ clock })
  await presence.seen('u', 'page')
  clock.set(new Date('2040-01-01'))
  assert.deepEqual((await presence.of('u')).online, ['page'])
})
