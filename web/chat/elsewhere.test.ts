import assert from 'node:assert/strict'
import { mock, test } from 'node:test'
import { TYPING_SECONDS } from '#contract/limits'
import type { Interface } from '#contract/words'
import { createElsewhere } from './elsewhere.ts'

const presence = (...places: [Interface, string, boolean?][]) => ({
  online: [],
  typing: [],
  places: places.map(([at, page, typing = false]) => ({ interface: at, page, typing })),
})

test('a page knows itself, and tells of the others by their interfaces', () => {
  const elsewhere = createElsewhere('me')
  elsewhere.hear(presence(['browser', 'me', true]))
  assert.deepEqual(elsewhere.whereabouts.get(), { open: [], typing: null })
  elsewhere.hear(presence(['browser', 'me', true], ['browser', 'a'], ['browser', 'b'], ['bot', '']))
  assert.deepEqual(elsewhere.whereabouts.get(), { open: ['browser', 'bot'], typing: null })
})

test('what is typed elsewhere is shown for as long as it is told, and then no more', () => {
  mock.timers.enable({ apis: ['setTimeout'] })
  const elsewhere = createElsewhere('me')
  const typing = () => elsewhere.whereabouts.get().typing
  elsewhere.hear(presence(['webapp', 'a', true]))
  mock.timers.tick(TYPING_SECONDS * 1000 - 1)
  elsewhere.hear(presence(['webapp', 'a', true]))
  mock.timers.tick(TYPING_SECONDS * 1000 - 1)
  assert.equal(typing(), 'webapp')
  mock.timers.tick(1)
  assert.equal(typing(), null)
  assert.deepEqual(elsewhere.whereabouts.get().open, ['webapp'])
  elsewhere.hear(presence(['webapp', 'a', true]))
  elsewhere.hear(presence(['webapp', 'a']))
  assert.equal(typing(), null, 'sent, or put away')
  mock.timers.reset()
})

test('nobody is told of the same again', () => {
  const elsewhere = createElsewhere('me')
  let told = 0
  elsewhere.whereabouts.subscribe(() => {
    told += 1
  })
  for (let times = 0; times < 3; times += 1) elsewhere.hear(presence(['webapp', 'a']))
  assert.equal(told, 1)
  elsewhere.close()
})
