import { normaliseAddress } from '#domain/identity'
import {
  CREDIT_TYPES,
  type CreditType,
  finite,
  type LegacyCredits,
  type LegacyMessage,
  type LegacyProfile,
  type LegacyRows,
} from './rows.ts'
import { readLines, type TrueLine } from './true-lines.ts'

/** Telegram ids fit into 52 bits (Bot API, User.id). */
const TELEGRAM_ID_BELOW = 2n ** 52n

export type CreditSums = Record<CreditType, number>

/** Profiles that are one person. */
export interface TrueGroup {
  ownerId: string
  /** With the owner, by id. */
  profileIds: string[]
  /** The valid ones, each once. */
  telegramIds: string[]
  /** In their one written form, each once. */
  mails: string[]
  /** In the order in which they are to stand in the history. */
  lines: TrueLine[]
  credits: CreditSums
}

/** What is to be reported of a row that is not simply taken. A profile or a message may have several repairs, or be merged and repaired. */
export interface TrueOutcome {
  table: 'profiles' | 'chat_messages' | 'user_credits'
  key: string
  outcome: 'rejected' | 'repaired' | 'merged'
  reason: string
}

export interface TrueReading {
  /** By the owner's id. */
  groups: TrueGroup[]
  outcomes: TrueOutcome[]
}

/** What must come of these rows, read as plainly as can be: all of them in memory, one rule after the other. */
export function readTruth({ profiles, messages, credits }: LegacyRows): TrueReading {
  const outcomes: TrueOutcome[] = []
  const groups: TrueGroup[] = []
  const messagesOf = Map.groupBy(messages, ({ user_id }) => user_id)
  const creditsOf = Map.groupBy(credits, ({ user_id }) => user_id)
  for (const members of joinProfiles(profiles)) {
    const owner = members.toSorted(byOwnership)[0]
    if (!owner) continue
    const group = groupOf(members, owner.id)
    if (group.telegramIds.length + group.mails.length === 0) {
      outcomes.push({ table: 'profiles', key: owner.id, outcome: 'rejected', reason: 'no_identity' })
      continue
    }
    for (const member of members) {
      outcomes.push(...profileOutcomes(member, owner.id))
      const read = readLines(member, messagesOf.get(member.id) ?? [])
      group.lines.push(...read.lines)
      outcomes.push(...read.outcomes)
      for (const row of creditsOf.get(member.id) ?? []) {
        for (const type of CREDIT_TYPES) group.credits[type] += Math.max(0, row[type] ?? 0)
        outcomes.push(...creditOutcomes(row))
      }
    }
    group.lines.sort(byTimeThenId)
    groups.push(group)
  }
  const placed = new Set<string | null>(groups.flatMap(({ profileIds }) => profileIds))
  outcomes.push(...orphansOf(messages, credits, placed))
  leaveTakenMails(profiles, groups, outcomes)
  return { groups: groups.sort((one, other) => (one.ownerId < other.ownerId ? -1 : 1)), outcomes }
}

/**
 * Profiles with one Telegram id are together, then those with one mail, unless two Telegrams would come together: a
 * user has one. Then the mail stays with the better claim.
 */
function joinProfiles(profiles: readonly LegacyProfile[]): LegacyProfile[][] {
  const groups = new Map(profiles.map((profile) => [profile, [profile]]))
  const groupOf = (profile: LegacyProfile) => groups.get(profile) ?? []
  const ranked = profiles.toSorted(byOwnership)
  for (const loginOf of [validTelegramId, validMail]) {
    for (const [login, [first, ...others]] of Map.groupBy(ranked, loginOf)) {
      if (login === null || !first) continue
      for (const other of others) {
        const joined = [...new Set([...groupOf(first), ...groupOf(other)])]
        if (telegramsOf(joined).length > 1) continue
        for (const member of joined) groups.set(member, joined)
      }
    }
  }
  return [...new Set(groups.values())]
}

function telegramsOf(members: readonly LegacyProfile[]): string[] {
  return once(members.map(validTelegramId))
}

function once(logins: readonly (string | null)[]): string[] {
  return [...new Set(logins.filter((login) => login !== null))].sort()
}

function validTelegramId({ telegram_id }: LegacyProfile): string | null {
  const id = BigInt(telegram_id ?? 0)
  return id > 0n && id < TELEGRAM_ID_BELOW ? telegram_id : null
}

function validMail({ email }: LegacyProfile): string | null {
  return isBlank(email) ? null : normaliseAddress(email ?? '')
}

function isBlank(email: string | null): boolean {
  return (email ?? '').trim() === ''
}

/** Who has a Telegram id, then who is older (without a time last), then the smaller id. */
function byOwnership(one: LegacyProfile, other: LegacyProfile): number {
  const rank = (profile: LegacyProfile) => [
    validTelegramId(profile) === null ? 1 : 0,
    finite(profile.created_at) === null ? 1 : 0,
    finite(profile.created_at) ?? '',
    profile.id,
  ]
  const ranks = [rank(one), rank(other)] as const
  for (const [at, value] of ranks[0].entries()) {
    const against = ranks[1][at] ?? ''
    if (value !== against) return value < against ? -1 : 1
  }
  return 0
}

function groupOf(members: readonly LegacyProfile[], ownerId: string): TrueGroup {
  return {
    ownerId,
    profileIds: members.map(({ id }) => id).sort(),
    telegramIds: telegramsOf(members),
    mails: once(members.map(validMail)),
    lines: [],
    credits: { basic: 0, pro: 0, cassandra: 0 },
  }
}

/** A mail that two Telegrams have is a login of the one with the better claim; the other one is left without. */
function leaveTakenMails(
  profiles: readonly LegacyProfile[],
  groups: readonly TrueGroup[],
  outcomes: TrueOutcome[],
): void {
  const takenBy = new Map<string, TrueGroup>()
  const groupOf = new Map(groups.flatMap((group) => group.profileIds.map((id) => [id, group] as const)))
  for (const profile of profiles.toSorted(byOwnership)) {
    const mail = validMail(profile)
    const group = groupOf.get(profile.id)
    if (mail === null || !group) continue
    const taken = takenBy.get(mail) ?? group
    takenBy.set(mail, taken)
    if (taken === group) continue
    group.mails = group.mails.filter((kept) => kept !== mail)
    outcomes.push({ table: 'profiles', key: profile.id, outcome: 'repaired', reason: 'identity_taken' })
  }
}

function profileOutcomes(profile: LegacyProfile, ownerId: string): TrueOutcome[] {
  const row = { table: 'profiles', key: profile.id, outcome: 'repaired' } as const
  const outcomes: TrueOutcome[] = []
  if (profile.id !== ownerId) outcomes.push({ ...row, outcome: 'merged', reason: 'same_person' })
  if (profile.telegram_id !== null && validTelegramId(profile) === null) {
    outcomes.push({ ...row, reason: 'telegram_id_invalid' })
  }
  if (!isBlank(profile.email) && validMail(profile) === null) outcomes.push({ ...row, reason: 'email_invalid' })
  if (profile.id === ownerId && finite(profile.created_at) === null) outcomes.push({ ...row, reason: 'null_time' })
  return outcomes
}

/** One for each row: its first wrong amount says why. */
function creditOutcomes(credits: LegacyCredits): TrueOutcome[] {
  const wrong = CREDIT_TYPES.map((type) => credits[type]).find((amount) => amount === null || amount < 0)
  if (wrong === undefined) return []
  const reason = wrong === null ? 'null_credits' : 'negative_credits'
  return [{ table: 'user_credits', key: credits.user_id, outcome: 'repaired', reason }]
}

/** By time, then by the legacy id, which is a number. */
function byTimeThenId(one: TrueLine, other: TrueLine): number {
  if (one.at !== other.at) return (one.at ?? '') < (other.at ?? '') ? -1 : 1
  return BigInt(one.id) < BigInt(other.id) ? -1 : 1
}

/** Rows of nobody, or of a profile that is rejected itself. */
function orphansOf(
  messages: readonly LegacyMessage[],
  credits: readonly LegacyCredits[],
  placed: ReadonlySet<string | null>,
): TrueOutcome[] {
  const orphan = { outcome: 'rejected', reason: 'orphan' } as const
  return [
    ...messages
      .filter(({ user_id }) => !placed.has(user_id))
      .map(({ id }) => ({ ...orphan, table: 'chat_messages' as const, key: id })),
    ...credits
      .filter(({ user_id }) => !placed.has(user_id))
      .map(({ user_id }) => ({ ...orphan, table: 'user_credits' as const, key: user_id })),
  ]
}
