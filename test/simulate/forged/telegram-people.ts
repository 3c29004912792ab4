import type { Random } from '../random.ts'

/** Ids of those who may come in; forged proofs name ids that begin at `FORGED_ID_FIRST`. */
const GENUINE_ID_FIRST = 4_000_000_000
const GENUINE_IDS = 60
export const FORGED_ID_FIRST = 8_000_000_000
const FORGED_IDS = 1_000_000

/** Names that a careless reader would take apart, fold or lose. */
const NAMES = [
  'Аня 🐈',
  'a=b',
  'A&B=C',
  '100%',
  '1+1 = 2',
  '\ufffd',
  '"x\\y"',
  '</b>',
  'é e\u0301',
  '42',
  'id=1',
  '%41',
  'x',
]
const USERNAMES = [null, 'anya', 'A_b_1', 'null']

export interface TelegramUser {
  id: number
  first_name: string
  last_name?: string
  username?: string
  language_code: string
}

/** One of a few, so that the same person comes many times. */
export function genuineUser(random: Random): TelegramUser {
  return describe(GENUINE_ID_FIRST + random.int(GENUINE_IDS), random)
}

/** Somebody whose id no genuine proof ever names: found in the database, a forgery was believed. */
export function victimId(random: Random): number {
  return FORGED_ID_FIRST + random.int(FORGED_IDS)
}

function describe(id: number, random: Random): TelegramUser {
  const username = random.pick(USERNAMES)
  return {
    id,
    first_name: random.pick(NAMES),
    ...(random.chance(0.5) && { last_name: random.pick(NAMES) }),
    ...(username !== null && { username }),
    language_code: random.pick(['ru', 'en']),
  }
}
