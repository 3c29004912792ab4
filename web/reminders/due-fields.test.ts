import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { dueOf, fieldsOf, soonest } from './due-fields.ts'

test('what the fields show is read back as the same minute', () => {
  const minute = fc.date({ min: new Date('2026-01-01'), max: new Date('2036-01-01'), noInvalidDate: true })
  fc.assert(
    fc.property(minute, (at) => {
      at.setSeconds(0, 0)
      const shown = fieldsOf(at)
      const read = dueOf(shown)
      assert.ok(read)
      // The hour that comes twice in autumn is read as one of the two.
      assert.deepEqual(fieldsOf(read), shown)
    }),
  )
})

test('an empty field, or a day that no calendar has, is no time', () => {
  assert.equal(dueOf({ day: '', time: '09:00' }), null)
  assert.equal(dueOf({ day: '2026-11-23', time: '' }), null)
  assert.equal(dueOf({ day: '2026-13-41', time: '09:00' }), null)
})

test('the proposal is a full hour between half an hour and an hour and a half away', () => {
  for (const now of ['2026-11-23T10:00:00Z', '2026-11-23T10:31:00Z', '2026-11-23T10:59:59Z']) {
    const minutes = (soonest(new Date(now)).getTime() - Date.parse(now)) / 60_000
    assert.ok(minutes >= 30 && minutes <= 90, now)
    assert.equal(soonest(new Date(now)).getTime() % 3_600_000, 0)
  }
})
