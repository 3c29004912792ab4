import type { Locale } from '#contract/words'
import { type BroughtIdentity, normaliseAddress } from '#domain/identity'
import type { LegacyProfile } from '../source/read-households.ts'
import { validTelegramId } from '../source/shared-profiles.ts'
import type { TakeNote } from './note.ts'

/** Bot API, User.first_name and last_name: what Telegram allows, and more than any page shows. */
const NAME_MAX_LENGTH = 128

/** One person of the old house, of one profile or of several. */
export interface Person {
  displayName: string
  locale: Locale
  createdAtMicros: number
  /** Each with the profile that it stands in. */
  identities: (BroughtIdentity & { legacyId: string })[]
  activePersona: string | null
  /** Profiles that have a Telegram: what they wrote was written in the bot. */
  inBot: ReadonlySet<string>
}

export interface PersonRules {
  reachability: BroughtIdentity['reachability']
  /** For who came at no time. */
  nowMicros: number
  /** Profiles whose mail is somebody else's login. */
  withoutMail: ReadonlySet<string>
}

/** What the profiles of a household say of its person; null when nobody could ever sign in as them. */
export function readPerson(
  owner: string | null,
  profiles: readonly LegacyProfile[],
  { reachability, nowMicros, withoutMail }: PersonRules,
  note: TakeNote,
): Person | null {
  // The owner speaks first.
  const ordered = profiles.toSorted((one, other) => Number(other.id === owner) - Number(one.id === owner))
  const repairs: Parameters<TakeNote>[0][] = []
  const logins = ordered.map((profile) => ({
    profile,
    ...readLogins(profile, withoutMail, (repair) => void repairs.push(repair)),
  }))
  if (!logins.some(({ telegramId, email }) => telegramId ?? email)) {
    for (const { id } of profiles) note({ table: 'profiles', key: id, outcome: 'rejected', reason: 'no_identity' })
    return null
  }
  for (const repair of repairs) note(repair)
  for (const { id, createdAtMicros } of ordered) {
    if (id !== owner) note({ table: 'profiles', key: id, outcome: 'merged', reason: 'same_person' })
    else if (createdAtMicros === null) note({ table: 'profiles', key: id, outcome: 'repaired', reason: 'null_time' })
  }
  const first = (read: (profile: LegacyProfile) => string | null) =>
    ordered.map(read).find((value) => value !== null && value.trim() !== '') ?? null
  const times = ordered.flatMap(({ createdAtMicros }) => createdAtMicros ?? [])
  return {
    displayName: first(nameOf) ?? '',
    locale: first(({ languageCode }) => languageCode)
      ?.toLowerCase()
      .startsWith('en')
      ? 'en'
      : 'ru',
    createdAtMicros: times.length > 0 ? Math.min(...times) : nowMicros,
    identities: identitiesOf(logins, reachability),
    activePersona: first(({ activePersona }) => activePersona),
    inBot: new Set(logins.flatMap(({ profile, telegramId }) => (telegramId ? profile.id : []))),
  }
}

interface Logins {
  telegramId: string | null
  email: string | null
}

function readLogins(profile: LegacyProfile, withoutMail: ReadonlySet<string>, note: TakeNote): Logins {
  const telegramId = validTelegramId(profile.telegramId)
  const email = profile.email ? normaliseAddress(profile.email) : null
  const repaired = (reason: 'telegram_id_invalid' | 'email_invalid' | 'identity_taken') =>
    note({ table: 'profiles', key: profile.id, outcome: 'repaired', reason })
  if (profile.telegramId !== null && telegramId === null) repaired('telegram_id_invalid')
  if (profile.email?.trim() && email === null) repaired('email_invalid')
  if (email === null || !withoutMail.has(profile.id)) return { telegramId, email }
  repaired('identity_taken')
  return { telegramId, email: null }
}

function identitiesOf(
  logins: readonly (Logins & { profile: LegacyProfile })[],
  reachability: BroughtIdentity['reachability'],
): Person['identities'] {
  const found = new Map<string, Person['identities'][number]>()
  for (const { profile, telegramId, email } of logins) {
    const common = { legacyId: profile.id, displayName: nameOf(profile) ?? '', username: profile.username }
    if (telegramId && !found.has(`telegram:${telegramId}`)) {
      const telegram = { provider: 'telegram', externalId: telegramId, channel: 'telegram', reachability } as const
      found.set(`telegram:${telegramId}`, { ...common, ...telegram })
    }
    if (email && !found.has(`email:${email}`)) {
      const mail = { provider: 'email', externalId: email, channel: 'web', reachability: 'never_started' } as const
      found.set(`email:${email}`, { ...common, ...mail, displayName: email, username: null })
    }
  }
  return [...found.values()]
}

function nameOf({ firstName, lastName, username }: LegacyProfile): string | null {
  const name = [firstName, lastName].flatMap((part) => part?.trim() || []).join(' ')
  return (name || username || '').slice(0, NAME_MAX_LENGTH).toWellFormed() || null
}
