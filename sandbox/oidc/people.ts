import { createHash } from 'node:crypto'
import type { Person } from '../telegram/person.ts'

/** Somebody who can sign in here. Mail matters to the generic flavour only. */
export type OidcPerson = Person & { email?: string; emailVerified?: boolean }

const SUB_DIGITS = 19

/** The subject Telegram gives: 19 digits that are not the numeric id, and always the same for one person. */
export function subjectOf(key: string | number): string {
  const number = createHash('sha256').update(`subject ${key}`).digest().readBigUInt64BE(0)
  return `1${String(number)
    .padStart(SUB_DIGITS, '0')
    .slice(-(SUB_DIGITS - 1))}`
}

export function mailOf({ email, username, id }: OidcPerson): string {
  return email ?? `${username ?? `person${id}`}@mail.test`
}

export function fullName({ firstName, lastName }: OidcPerson): string {
  return [firstName, lastName].filter(Boolean).join(' ')
}

/** Somebody known by nothing but a mail typed into the page. */
export function personOfMail(email: string): OidcPerson {
  const name = email.split('@')[0] ?? email
  return { id: 0, firstName: name, languageCode: 'en', email }
}
