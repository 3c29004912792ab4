import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { sql } from 'kysely'
import { testDatabase } from '#test/database'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const ZONES = [
  'Europe/Moscow',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Pacific/Apia',
  'Australia/Lord_Howe',
]

const { db } = await testDatabase()

async function quietUntil(hours: string, zone: string, now: string): Promise<string | null> {
  const { rows } = await sql<{ until: Date | null }>`SELECT quiet_until(${hours}, ${zone}, ${now}) AS until`.execute(db)
  return rows[0]?.until?.toISOString() ?? null
}

async function dayBegan(zone: string, now: string, days = 0): Promise<string | undefined> {
  const { rows } = await sql<{ at: Date }>`SELECT day_began(${zone}, ${now}, ${days}) AS at`.execute(db)
  return rows[0]?.at.toISOString()
}

/** The time of day there, as `HH:MM`, by another time zone database than PostgreSQL's. */
function clockIn(zone: string, at: Date): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(at)
}

test('quiet hours over midnight end in the morning, on whichever side of midnight it is', async () => {
  const until = (now: string) => quietUntil('22:00-09:00', 'Europe/Moscow', now)
  assert.equal(await until('2026-11-22T18:59:59Z'), null, '21:59:59')
  assert.equal(await until('2026-11-22T19:00:00Z'), '2026-11-23T06:00:00.000Z', '22:00')
  assert.equal(await until('2026-11-22T21:30:00Z'), '2026-11-23T06:00:00.000Z', '00:30')
  assert.equal(await until('2026-11-23T05:59:59Z'), '2026-11-23T06:00:00.000Z', '08:59:59')
  assert.equal(await until('2026-11-23T06:00:00Z'), null, '09:00')
})

test('quiet hours within a day, and none at all', async () => {
  assert.equal(await quietUntil('13:00-15:30', 'UTC', '2026-06-01T14:00:00Z'), '2026-06-01T15:30:00.000Z')
  assert.equal(await quietUntil('13:00-15:30', 'UTC', '2026-06-01T15:30:00Z'), null)
  assert.equal(await quietUntil('none', 'UTC', '2026-06-01T03:00:00Z'), null)
})

test('the night that lacks an hour is an hour shorter', async () => {
  // Berlin, 29 March 2026: 02:00 becomes 03:00.
  const until = (hours: string, now: string) => quietUntil(hours, 'Europe/Berlin', now)
  assert.equal(await until('22:00-09:00', '2026-03-28T21:00:00Z'), '2026-03-29T07:00:00.000Z')
  assert.equal(await until('22:00-09:00', '2026-03-29T06:59:59Z'), '2026-03-29T07:00:00.000Z')
  assert.equal(await until('22:00-09:00', '2026-03-29T07:00:00Z'), null)
  // Hours that end in the hour that is left out are over when it is.
  assert.equal(await until('22:00-02:30', '2026-03-29T01:00:00Z'), null)
})

test('the night that has an hour twice is an hour longer, and what ends within it ends with the second', async () => {
  // New York, 1 November 2026: 02:00 becomes 01:00.
  const until = (hours: string, now: string) => quietUntil(hours, 'America/New_York', now)
  assert.equal(await until('22:00-09:00', '2026-11-01T02:00:00Z'), '2026-11-01T14:00:00.000Z')
  assert.equal(await until('22:00-01:30', '2026-11-01T05:10:00Z'), '2026-11-01T06:30:00.000Z')
  assert.equal(await until('22:00-01:30', '2026-11-01T06:10:00Z'), '2026-11-01T06:30:00.000Z')
  assert.equal(await until('22:00-01:30', '2026-11-01T06:30:00Z'), null)
})

test('a day is the person’s own, also the long one and the one without midnight', async () => {
  assert.equal(await dayBegan('Asia/Kolkata', '2026-06-01T18:00:00Z'), '2026-05-31T18:30:00.000Z')
  assert.equal(await dayBegan('Europe/Berlin', '2026-10-24T22:10:00Z'), '2026-10-24T22:00:00.000Z')
  assert.equal(await dayBegan('Europe/Berlin', '2026-10-24T22:10:00Z', 1), '2026-10-25T23:00:00.000Z', '25 hours')
  // Cairo, 24 April 2026: midnight becomes one o'clock.
  assert.equal(await dayBegan('Africa/Cairo', '2026-04-24T05:00:00Z'), '2026-04-23T22:00:00.000Z')
})

test('whatever the zone and the hours: quiet is what the clock on the wall says, and it is over when we say', async () => {
  const seed = Number(process.hrtime.bigint() % 1_000_000_000n)
  const clock = fc.integer({ min: 0, max: 1_439 }).map((minutes) => {
    return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
  })
  const hours = fc.tuple(clock, clock).filter(([from, to]) => from !== to)
  const instant = fc.date({ min: new Date('2025-01-01'), max: new Date('2028-01-01'), noInvalidDate: true })
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...ZONES), hours, instant, async (zone, [from, to], now) => {
      const here = clockIn(zone, now)
      const isQuiet = from < to ? here >= from && here < to : here >= from || here < to
      const until = await quietUntil(`${from}-${to}`, zone, now.toISOString())
      assert.equal(until !== null, isQuiet, `${here} ${zone}`)
      if (until === null) return
      const lastsMs = Date.parse(until) - now.getTime()
      assert.ok(lastsMs > 0 && lastsMs <= DAY_MS + HOUR_MS, `${lastsMs} ms`)
      assert.equal(await quietUntil(`${from}-${to}`, zone, until), null)
    }),
    { seed, numRuns: 300 },
  )
})
