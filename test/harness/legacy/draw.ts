import { createRandom, type Random } from '../../simulate/random.ts'
import type { CreditType, LegacyCredits, LegacyMessage, LegacyProfile, LegacyRows } from './rows.ts'

/** Beyond 32 bits, as new Telegram ids are, and far from those of the clean mass. */
const TELEGRAM_ID_FROM = 5_000_000_000
const TALK_MIN = 3
const TALK_MAX = 9
const CREDITS_BELOW = 500
const DAY_MS = 86_400_000
const FIRST_DAY_MS = Date.UTC(2023, 0, 1)
const DAYS = 900
const MINUTE_MS = 60_000
/** Of a millisecond. */
const MICROSECONDS = 1_000

export const PERSONAS = ['arina', 'cassandra'] as const
const LANGUAGES = ['ru', 'ru-RU', 'en', 'de', null] as const
const FIRST_NAMES = ['Анна', 'Пётр', 'Zoë', 'Li', null] as const
const LAST_NAMES = ['Иванова', 'O’Neil', null] as const
const LINES = [
  'Привет, как прошёл твой день?',
  'Снег идёт с самого утра, и город стал тихим.',
  'I kept the ticket you gave me.',
  'Расскажи дальше: что было за той дверью?',
  'Хорошо.',
] as const

/** Draws people, talks and credits as they are when nothing is wrong; a kind of dirt then spoils one thing of them. */
export interface Draw {
  random: Random
  uuid(): string
  /** Never drawn before. */
  telegramId(): string
  /** Never drawn before. */
  mail(): string
  /** ISO 8601 UTC with microseconds. */
  time(): string
  /** Found by Telegram unless `given` says otherwise. */
  profile(given?: Partial<LegacyProfile>): LegacyProfile
  /** Lines with times that rise; `spoil` gives what is different in the n-th of `count` (from 0). */
  talk(userId: string | null, count?: number, spoil?: Spoil): LegacyMessage[]
  credits(userId: string, given?: Partial<Record<CreditType, number | null>>): LegacyCredits
  /** These people, each with a talk and credits. */
  people(...profiles: LegacyProfile[]): LegacyRows
}

export type Spoil = (index: number, count: number) => Partial<LegacyMessage>

export function createDraw(seed: number): Draw {
  const values = drawValues(seed)
  return { ...values, ...drawRows(values) }
}

/** Single values; whatever is drawn moves what is drawn later. */
function drawValues(seed: number) {
  const random = createRandom(seed)
  let drawn = 0
  const next = () => {
    drawn += 1
    return drawn
  }
  const uuid = () => {
    const digits = Array.from({ length: 32 }, () => random.int(16).toString(16)).join('')
    return digits.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-a$4-$5')
  }
  const timeMs = () => FIRST_DAY_MS + random.int(DAYS) * DAY_MS + random.int(DAY_MS)
  const time = () => isoTime(timeMs(), random.int(MICROSECONDS))
  const telegramId = () => String(TELEGRAM_ID_FROM + next())
  const mail = () => `person.${next()}@legacy.example.net`
  return { random, next, uuid, timeMs, time, telegramId, mail }
}

function drawRows({ random, next, uuid, timeMs, time, telegramId }: ReturnType<typeof drawValues>) {
  function profile(given: Partial<LegacyProfile> = {}): LegacyProfile {
    return {
      id: uuid(),
      telegram_id: telegramId(),
      email: null,
      username: random.chance(0.5) ? `person_${next()}` : null,
      first_name: random.pick(FIRST_NAMES),
      last_name: random.pick(LAST_NAMES),
      language_code: random.pick(LANGUAGES),
      active_persona: random.pick(PERSONAS),
      created_at: time(),
      last_seen_at: time(),
      ...given,
    }
  }

  function talk(userId: string | null, count = TALK_MIN + random.int(TALK_MAX - TALK_MIN + 1), spoil?: Spoil) {
    const persona = random.pick(PERSONAS)
    let atMs = timeMs()
    return Array.from({ length: count }, (_, index): LegacyMessage => {
      atMs += 1 + random.int(MINUTE_MS)
      return {
        id: '',
        user_id: userId,
        persona,
        role: index % 2 === 0 ? 'user' : 'assistant',
        content: `${random.pick(LINES)} №${next()}`,
        created_at: isoTime(atMs, random.int(MICROSECONDS)),
        ...spoil?.(index, count),
      }
    })
  }

  function credits(userId: string, given: Partial<Record<CreditType, number | null>> = {}): LegacyCredits {
    const amount = () => random.int(CREDITS_BELOW)
    return { user_id: userId, basic: amount(), pro: amount(), cassandra: amount(), updated_at: time(), ...given }
  }

  const people = (...profiles: LegacyProfile[]): LegacyRows => ({
    profiles,
    messages: profiles.flatMap(({ id }) => talk(id)),
    credits: profiles.map(({ id }) => credits(id)),
  })

  return { profile, talk, credits, people }
}

/** `2024-05-01T10:00:00.123456Z`; as text these come in the order of time. */
export function isoTime(ms: number, microseconds = 0): string {
  return new Date(ms).toISOString().replace('Z', `${String(microseconds).padStart(3, '0')}Z`)
}
