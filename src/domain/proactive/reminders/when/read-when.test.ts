import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Locale } from '#contract/words'
import { inMachineZone } from '#test/environment'
import { readWhen } from './read-when.ts'
import { instantOf, wallAt } from './wall-clock.ts'

/** A Sunday, six in the evening in Moscow. */
const NOW = new Date('2026-11-22T15:00:00Z')
const MOSCOW = 'Europe/Moscow'
const DAY_MS = 86_400_000

/** What is read, by the person's clock: "2026-11-23 09:00 | coffee", or why nothing is. */
function read(line: string, locale: Locale = 'ru', zone: string | null = MOSCOW, now = NOW): string {
  const when = readWhen(line, { now, zone, locale })
  if ('refused' in when) return when.refused
  const shown = new Date(wallAt(when.at, zone ?? 'UTC')).toISOString()
  return `${shown.slice(0, 10)} ${shown.slice(11, 19).replace(/:00$/, '')} | ${when.text}`
}

const RUSSIAN = {
  '30s чай': '2026-11-22 18:00:30 | чай',
  '10m чай': '2026-11-22 18:10 | чай',
  '2h чай': '2026-11-22 20:00 | чай',
  '3d чай': '2026-11-25 18:00 | чай',
  '10 мин чай': '2026-11-22 18:10 | чай',
  'через 2 часа позвонить': '2026-11-22 20:00 | позвонить',
  'через 2 часа купить 3 яблока в 5 магазинах': '2026-11-22 20:00 | купить 3 яблока в 5 магазинах',
  'через полчаса чай': '2026-11-22 18:30 | чай',
  'через полтора часа чай': '2026-11-22 19:30 | чай',
  'через неделю чай': '2026-11-29 18:00 | чай',
  'через неделю в 10:00 чай': '2026-11-29 10:00 | чай',
  'завтра в 9:00 кофе': '2026-11-23 09:00 | кофе',
  'Завтра, в 9:00: кофе': '2026-11-23 09:00 | кофе',
  'завтра в девять купить хлеб': '2026-11-23 09:00 | купить хлеб',
  'завтра в 21 час чай': '2026-11-23 21:00 | чай',
  'завтра в час дня обед': '2026-11-23 13:00 | обед',
  'завтра в полдевятого чай': '2026-11-23 08:30 | чай',
  'завтра утром чай': '2026-11-23 09:00 | чай',
  'завтра чай': '2026-11-23 09:00 | чай',
  'послезавтра в 10 чай': '2026-11-24 10:00 | чай',
  'сегодня вечером чай': '2026-11-22 20:00 | чай',
  'в 18:30 ужин': '2026-11-22 18:30 | ужин',
  'в 17:30 ужин': '2026-11-23 17:30 | ужин',
  'в понедельник в 8 утра зарядка': '2026-11-23 08:00 | зарядка',
  'в воскресенье в 8 утра зарядка': '2026-11-29 08:00 | зарядка',
  'в воскресенье в 20:00 кино': '2026-11-22 20:00 | кино',
  'в пятницу в 7 вечера кино': '2026-11-27 19:00 | кино',
  '25 декабря в 10:00 ёлка': '2026-12-25 10:00 | ёлка',
  '1 ноября в 10:00 дача': '2027-11-01 10:00 | дача',
  '2026-12-31 23:00 тост': '2026-12-31 23:00 | тост',
  '31.12.2026 23:00 тост': '2026-12-31 23:00 | тост',
  '5/6/2027 9:00 чай': '2027-06-05 09:00 | чай',
  'купить хлеб завтра в 9': '2026-11-23 09:00 | купить хлеб',
  'завтра в 9': '2026-11-23 09:00 | ',
}

const ENGLISH = {
  '10m tea': '2026-11-22 18:10 | tea',
  'tomorrow at 9 coffee': '2026-11-23 09:00 | coffee',
  'in 2 hours call mother': '2026-11-22 20:00 | call mother',
  'in half an hour tea': '2026-11-22 18:30 | tea',
  'in an hour and a half tea': '2026-11-22 19:30 | tea',
  'at 6:30pm dinner': '2026-11-22 18:30 | dinner',
  'at 5pm dinner': '2026-11-23 17:00 | dinner',
  'on monday at 8 gym': '2026-11-23 08:00 | gym',
  'December 25 at 10am tree': '2026-12-25 10:00 | tree',
  '2026-12-31 23:00 toast': '2026-12-31 23:00 | toast',
  '5/6/2027 9:00 tea': '2027-05-06 09:00 | tea',
  'call them in two hours': '2026-11-22 20:00 | call them',
  'завтра в 9:00 кофе': '2026-11-23 09:00 | кофе',
}

test('reads what people write in Russian', () => {
  for (const [line, wanted] of Object.entries(RUSSIAN)) assert.equal(read(line), wanted, line)
})

test('reads what people write in English', () => {
  for (const [line, wanted] of Object.entries(ENGLISH)) assert.equal(read(line, 'en'), wanted, line)
})

test('what is past, too far or not understood is refused for what it is', () => {
  for (const line of ['вчера в 9 чай', 'сегодня в 9:00 чай', '2020-12-31 23:00 чай', '0s чай']) {
    assert.equal(read(line), 'past', line)
  }
  for (const line of ['через 6 лет чай', '2040-01-01 10:00 чай', '999999999d чай'])
    assert.equal(read(line), 'too_far', line)
  const unreadable = [
    '',
    'позвонить маме',
    'завтра в 25:00 чай',
    '2026-02-30 10:00 чай',
    '30 февраля в 10:00',
    'каждый день в 9 чай',
  ]
  for (const line of unreadable) assert.equal(read(line), 'unreadable', line)
})

test('without a time zone only what needs none is read', () => {
  for (const line of ['10m чай', 'через 2 часа чай', 'через неделю чай', '3d чай', '2026-12-31T23:00Z чай']) {
    assert.match(read(line, 'ru', null), / \| чай$/, line)
  }
  for (const line of ['завтра в 9 чай', 'через неделю в 10:00 чай', 'в 18:30 чай', '25 декабря чай']) {
    assert.equal(read(line, 'ru', null), 'zone_unknown', line)
  }
})

test('a night that is an hour shorter or longer changes no clock time, and no span of hours', () => {
  const spring = new Date('2027-03-27T20:00:00Z')
  assert.equal(read('завтра в 9:00 чай', 'ru', 'Europe/Berlin', spring), '2027-03-28 09:00 | чай')
  assert.equal(read('завтра в 2:30 чай', 'ru', 'Europe/Berlin', spring), '2027-03-28 03:00 | чай')
  const after = readWhen('через 10 часов чай', { now: spring, zone: 'Europe/Berlin', locale: 'ru' })
  assert.ok('at' in after)
  assert.equal(after.at.getTime() - spring.getTime(), 10 * 3_600_000)
  const autumn = new Date('2026-10-31T20:00:00Z')
  const first = readWhen('tomorrow at 1:30 tea', { now: autumn, zone: 'America/New_York', locale: 'en' })
  assert.ok('at' in first)
  assert.equal(first.at.toISOString(), '2026-11-01T05:30:00.000Z')
  assert.equal(read('через 3 дня чай', 'ru', 'America/New_York', autumn), '2026-11-03 16:00 | чай')
})

test('the zone of the machine has no say in it', () => {
  for (const zone of ['America/New_York', 'Pacific/Kiritimati', 'Australia/Lord_Howe']) {
    inMachineZone(zone, () => {
      assert.equal(new Intl.DateTimeFormat().resolvedOptions().timeZone, zone)
      for (const [line, wanted] of Object.entries(RUSSIAN)) assert.equal(read(line), wanted, `${line}, in ${zone}`)
    })
  }
})

const DATES: readonly ((at: Date) => string)[] = [
  (at) => `${at.toISOString().slice(0, 10)} ${at.toISOString().slice(11, 16)}`,
  (at) => new Intl.DateTimeFormat('ru', { dateStyle: 'short', timeStyle: 'short', timeZone: 'UTC' }).format(at),
  (at) => {
    const day = new Intl.DateTimeFormat('ru', { day: 'numeric', month: 'long', timeZone: 'UTC' }).format(at)
    return `${day} ${at.getUTCFullYear()} в ${at.toISOString().slice(11, 16)}`
  },
]

test('a time that is written down in any of the forms is read back as that minute', () => {
  const minutes = fc.integer({ min: 1, max: 5 * 365 * 24 * 60 - 60 })
  const zones = fc.constantFrom(MOSCOW, 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata')
  fc.assert(
    fc.property(minutes, zones, fc.constantFrom(...DATES), (minute, zone, written) => {
      const shown = wallAt(new Date(NOW.getTime() + minute * 60_000), zone)
      const line = `${written(new Date(shown))} полить цветы`
      const when = readWhen(line, { now: NOW, zone, locale: 'ru' })
      assert.ok('at' in when, `${line}: ${JSON.stringify(when)}`)
      assert.equal(when.at.getTime(), instantOf(shown, zone).getTime(), line)
      assert.equal(when.text, 'полить цветы')
    }),
  )
})

test('whatever is written, it is read or refused, and never for the past or for too far', () => {
  const words = fc.constantFrom(...Object.keys({ ...RUSSIAN, ...ENGLISH }).flatMap((line) => line.split(' ')))
  const lines = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.array(words).map((some) => some.join(' ')),
  )
  fc.assert(
    fc.property(lines, fc.constantFrom(MOSCOW, null), (line, zone) => {
      const when = readWhen(line, { now: NOW, zone, locale: 'ru' })
      if (!('at' in when)) return
      const aheadMs = when.at.getTime() - NOW.getTime()
      assert.ok(aheadMs > 0 && aheadMs <= 5 * 366 * DAY_MS, line)
    }),
  )
})

test('what goes on with more of a time is read whole, or not at all: never said at another time', () => {
  const lines = {
    'через час с половиной чай': '2026-11-22 19:30 | чай',
    'через 1 ч 30 мин чай': '2026-11-22 19:30 | чай',
    '1h30m tea': '2026-11-22 19:30 | tea',
    '10m 20 приседаний': '2026-11-22 18:10 | 20 приседаний',
    'завтра в 9-30 чай': '2026-11-23 09:30 | чай',
    'завтра к шести вечера чай': '2026-11-23 18:00 | чай',
    'завтра днём чай': '2026-11-23 15:00 | чай',
    'завтра в обед чай': '2026-11-23 13:00 | чай',
    '30 яиц завтра в 9': '2026-11-23 09:00 | 30 яиц',
    'завтра в 9 30 чай': 'unreadable',
    'завтра в девять тридцать чай': 'unreadable',
    'через час двадцать чай': 'unreadable',
    'через неделю в понедельник чай': 'unreadable',
    'завтра после обеда чай': 'unreadable',
    '10m5 чай': 'unreadable',
  }
  for (const [line, expected] of Object.entries(lines)) assert.equal(read(line), expected, line)
})

test('what has been is not taken for the next one, and a name not for a month', () => {
  for (const line of ['в прошлую пятницу чай', 'чай в прошлую пятницу', 'the time we met last Friday']) {
    assert.equal(read(line), 'past', line)
  }
  assert.equal(read('позвонить Мае'), 'unreadable')
  assert.equal(read('позвонить в мае'), '2027-05-01 09:00 | позвонить')
})

test('what leads to the time is no part of the matter', () => {
  assert.equal(read('запись к врачу на завтра'), '2026-11-23 09:00 | запись к врачу')
  assert.equal(read('buy milk in the morning', 'en'), '2026-11-23 09:00 | buy milk')
})
