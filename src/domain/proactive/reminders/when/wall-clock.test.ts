import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { instantOf, wallAt } from './wall-clock.ts'

const ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'Europe/Moscow',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Pacific/Apia',
]
const wall = (text: string) => Date.parse(`${text}Z`)
const at = (text: string, zone: string) => instantOf(wall(text), zone).toISOString().slice(0, 19)

test('a time that spring leaves out is the first instant after the gap', () => {
  assert.equal(at('2027-03-28T02:30:00', 'Europe/Berlin'), '2027-03-28T01:00:00')
  assert.equal(at('2027-03-28T02:00:00', 'Europe/Berlin'), '2027-03-28T01:00:00')
  assert.equal(at('2027-03-28T03:00:00', 'Europe/Berlin'), '2027-03-28T01:00:00')
  assert.equal(at('2027-03-28T01:59:59', 'Europe/Berlin'), '2027-03-28T00:59:59')
  assert.equal(at('2027-03-14T02:30:00', 'America/New_York'), '2027-03-14T07:00:00')
})

test('a time that autumn brings twice is the first of the two', () => {
  assert.equal(at('2026-10-25T02:30:00', 'Europe/Berlin'), '2026-10-25T00:30:00')
  assert.equal(at('2026-11-01T01:30:00', 'America/New_York'), '2026-11-01T05:30:00')
  assert.equal(at('2026-11-01T02:00:00', 'America/New_York'), '2026-11-01T07:00:00')
})

test('where clocks are never changed, every time comes once', () => {
  assert.equal(at('2027-03-28T02:30:00', 'Europe/Moscow'), '2027-03-27T23:30:00')
  assert.equal(at('2026-10-25T02:30:00', 'Europe/Moscow'), '2026-10-24T23:30:00')
})

test('what a clock shows is read back as an instant at which it shows that', () => {
  const seconds = fc.integer({ min: Date.UTC(2024, 0) / 1_000, max: Date.UTC(2040, 0) / 1_000 })
  fc.assert(
    fc.property(seconds, fc.constantFrom(...ZONES), (second, zone) => {
      const shown = wallAt(new Date(second * 1_000), zone)
      const read = instantOf(shown, zone)
      assert.equal(wallAt(read, zone), shown)
      assert.ok(read.getTime() <= second * 1_000, 'the first, where there are two')
    }),
  )
})
