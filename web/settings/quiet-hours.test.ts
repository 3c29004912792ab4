import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readQuietHours, timesFor, writeQuietHours } from './quiet-hours.ts'

test('quiet hours are read as they are written', () => {
  assert.deepEqual(readQuietHours('23:15-07:00'), { from: '23:15', to: '07:00' })
  assert.equal(writeQuietHours(readQuietHours('23:15-07:00')), '23:15-07:00')
  assert.equal(readQuietHours('none'), null)
  assert.equal(writeQuietHours(null), 'none')
  assert.equal(readQuietHours('some day'), null)
})

test('a night begins and ends at different times, and the present time is always among them', () => {
  const times = timesFor('23:15', '07:00')
  assert.equal(times.includes('07:00'), false)
  assert.equal(times.length, 48)
  assert.deepEqual(times.slice(times.indexOf('23:00')), ['23:00', '23:15', '23:30'])
})
