import type { WireChat, WireUser } from './shapes.ts'

/** Somebody who lives on this Telegram: the identity a bot, a Mini App and a sign-in all see. */
export type Person = {
  id: number
  firstName: string
  lastName?: string
  username?: string
  languageCode: string
  isPremium?: boolean
}

/** The people a fresh sandbox starts with: two languages, with and without a username or a last name. */
export const FIRST_PEOPLE: readonly Person[] = [
  { id: 700_000_001, firstName: 'Маша', lastName: 'Орлова', username: 'masha_orlova', languageCode: 'ru' },
  { id: 700_000_002, firstName: 'Илья', languageCode: 'ru', isPremium: true },
  { id: 5_000_000_003, firstName: 'Emily', lastName: 'Hart', username: 'emily_hart', languageCode: 'en' },
  { id: 7_900_000_004, firstName: 'Tom', username: 'tom_w', languageCode: 'en' },
]

/** The person as the Bot API writes a `User` (Bot API User). */
export function asUser(person: Person): WireUser {
  return {
    id: person.id,
    is_bot: false,
    first_name: person.firstName,
    ...(person.lastName ? { last_name: person.lastName } : {}),
    ...(person.username ? { username: person.username } : {}),
    language_code: person.languageCode,
    ...(person.isPremium ? { is_premium: true as const } : {}),
  }
}

/** The person's private chat as the Bot API writes a `Chat`: its id is the person's id. */
export function asChat(person: Person): WireChat {
  return {
    id: person.id,
    type: 'private',
    first_name: person.firstName,
    ...(person.lastName ? { last_name: person.lastName } : {}),
    ...(person.username ? { username: person.username } : {}),
  }
}
