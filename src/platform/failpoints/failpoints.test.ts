import assert from 'node:assert/strict'
import { test } from 'node:test'
import { armFailpoints, parseFailpoints, reach } from './failpoints.ts'

test('whoever comes to an armed step stands still until released, once; everybody else goes on', async () => {
  const reached: string[] = []
  const { promise: released, resolve: release } = Promise.withResolvers<void>()
  armFailpoints(
    parseFailpoints('turn.running=anna|olga,reply.written=anna'),
    (step, key) => reached.push(`${step} ${key}`),
    released,
  )
  assert.equal(reach('turn.running', 'vera'), undefined)
  assert.equal(reach('turn.leased', 'anna'), undefined)
  const standing = reach('turn.running', 'anna')
  assert.ok(standing)
  assert.equal(reach('turn.running', 'anna'), undefined)
  assert.deepEqual(reached, ['turn.running anna'])
  release()
  await standing
})

test('an unknown step, or one without a key, is refused by its name', () => {
  assert.throws(() => parseFailpoints('turn.dreaming=anna'), /turn\.dreaming/)
  assert.throws(() => parseFailpoints('turn.running'), /turn\.running/)
})
