import fc from 'fast-check'
import type { Credits } from '#contract/api'
import type { Locale } from '#contract/words'

/** Whose deed it is: who came by Telegram, or who came by the web; the same user as long as they are joined. */
export type Who = 'telegram' | 'web'
export type Place = 'bot' | 'webapp' | 'browser'

export type Deed =
  /** The web has one place; `photo` is kept as a line without a turn. */
  | { kind: 'ask'; who: Who; place: Place; photo: boolean }
  | { kind: 'begin'; who: Who; choice: number }
  | { kind: 'restore' | 'cancel' | 'retry' | 'report'; who: Who; which: number }
  | { kind: 'adult'; who: Who }
  /** A worker takes due turns and holds them until somebody settles. */
  | { kind: 'lease'; count: number; begun: boolean }
  | { kind: 'settle'; well: boolean }
  /** A worker takes due turns and ends them at once. */
  | { kind: 'work'; count: number; well: boolean }

/** What somebody is before the first deed. */
export interface Person {
  adult: boolean
  timezone: string | null
  locale: Locale
  credits: Credits
  debt: number
  /** The conversation they begin with; null: none. */
  choice: number | null
}

/** One case from first contact to the last reply: two people, a merge, mostly an undo, and sometimes a merge anew. */
export interface Script {
  telegram: Person
  web: Person
  before: Deed[]
  joined: Deed[]
  undo: boolean
  apart: Deed[]
  again: boolean
  /** The line that a clock which steps back makes older; null: none does. */
  steppedBack: { who: Who; which: number } | null
}

const WHICH_MAX = 30
const who = fc.constantFrom<Who>('telegram', 'web')
const which = fc.nat(WHICH_MAX)

const deed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant('ask' as const),
      who,
      place: fc.constantFrom<Place>('bot', 'webapp', 'browser'),
      photo: fc.integer({ min: 0, max: 9 }).map((die) => die === 0),
    }),
  },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('work' as const), count: oneTo(4), well: mostly() }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('lease' as const), count: oneTo(3), begun: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('settle' as const), well: mostly() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('begin' as const), who, choice: fc.nat(WHICH_MAX) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'restore' as const,
        'cancel' as const,
        'retry' as const,
        'retry' as const,
        'report' as const,
      ),
      who,
      which,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('adult' as const), who }) },
)

function person(adultShare: fc.Arbitrary<boolean>): fc.Arbitrary<Person> {
  return fc.record({
    adult: adultShare,
    timezone: fc.constantFrom(null, 'Europe/Moscow', 'Asia/Vladivostok'),
    locale: fc.constantFrom<Locale>('ru', 'en'),
    credits: fc.record({ basic: fc.nat(20), pro: fc.nat(2), cassandra: fc.nat(3) }),
    debt: fc.integer({ min: -30, max: 3 }).map((debt) => Math.max(0, debt)),
    choice: fc.option(fc.nat(WHICH_MAX), { freq: 6 }),
  })
}

/** Cases with up to so many deeds before the merge, and half as many after it and after the undo. */
export function scripts(deedsMax: number): fc.Arbitrary<Script> {
  const deeds = (maxLength: number) => fc.array(deed, { maxLength, size: 'max' })
  return fc.record({
    telegram: person(mostly()),
    web: person(mostly()),
    before: deeds(deedsMax),
    joined: deeds(deedsMax / 2),
    undo: mostly(),
    apart: deeds(deedsMax / 2),
    again: fc.boolean(),
    steppedBack: fc.option(fc.record({ who, which }), { freq: 1 }),
  })
}

function oneTo(max: number): fc.Arbitrary<number> {
  return fc.integer({ min: 1, max })
}

/** Five times of six. */
function mostly(): fc.Arbitrary<boolean> {
  return fc.integer({ min: 0, max: 5 }).map((die) => die > 0)
}
