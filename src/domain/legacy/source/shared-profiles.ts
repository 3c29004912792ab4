import { normaliseAddress } from '#domain/identity'
import type { Source } from './open-source.ts'
import { type Joined, profilesByMail, sharedProfiles, TELEGRAM_ID_END, type Views } from './statements.ts'

interface Profile {
  id: string
  /** Null for what is none. */
  telegramId: string | null
  email: string | null
  createdAt: number
}

/** Who is one person with whom, and whose mail belongs to somebody else. */
export interface Shared {
  joined: Joined[]
  /** Profiles with a mail that somebody with a better claim and another Telegram has. */
  withoutMail: ReadonlySet<string>
}

/**
 * Which profiles are one person: those with one Telegram id or one mail, and whoever is connected through others. Of
 * each such group one owns the user: with a Telegram id before without, the oldest, the smallest id. Only what is there
 * twice is held in memory. Who came in an earlier run has the better claim. Who is one person does not depend on whom this
 * run has brought, so that it is the same when the run is taken up; but whoever lives here owns the user.
 */
export async function findShared(source: Source, views: Views, known: Known, reached: string | null): Promise<Shared> {
  const first = await source.query(sharedProfiles(views))
  // What is written otherwise may be the same mail as one that is written plainly.
  const plain = first.flatMap(([, , mail]) => (mail && normaliseAddress(mail)) || [])
  const seen = new Set(first.map(([id]) => id))
  const more = await source.query(profilesByMail(views), [[...new Set(plain)]])
  const rows = [...first, ...more.filter(([id]) => !seen.has(id))]
  const profiles = rows.map(([id, telegramId, mail, created]) => readProfile({ id, telegramId, mail, created }))
  const { earlier, own } = await known(profiles.map(({ id }) => id))
  const ranked = profiles.toSorted((one, other) => byClaim(one, other, earlier))
  const groups = groupsOf(ranked)
  const joined = [...new Set(groups.values())].flatMap((group) => {
    const owner = ownerOf(
      group.toSorted((one, other) => byClaim(one, other, earlier)).map(({ id }) => id),
      { earlier, own, reached },
    )
    return group.flatMap(({ id }) => (owner === undefined || id === owner ? [] : [{ member: id, owner }]))
  })
  return { joined, withoutMail: losersOf(ranked, groups) }
}

/** Whoever lives here; else the best claim among those to whom the run has not come yet, as the others it would miss. */
function ownerOf(
  ranked: readonly string[],
  { earlier, own, reached }: Homes & { reached: string | null },
): string | undefined {
  const home = ranked.map((id) => earlier.get(id) ?? own.get(id)).find((user) => user !== undefined)
  return home ?? ranked.find((id) => reached === null || id > reached) ?? ranked[0]
}

/** Whose mail somebody ranked before them has, in another group. */
function losersOf(ranked: readonly Profile[], groups: ReadonlyMap<string, Profile[]>): Set<string> {
  const holders = new Map<string, Profile[] | undefined>()
  const losers = new Set<string>()
  for (const { id, email } of ranked) {
    if (!email) continue
    const group = groups.get(id)
    if (!holders.has(email)) holders.set(email, group)
    else if (holders.get(email) !== group) losers.add(id)
  }
  return losers
}

/** The users that profiles became: in earlier runs, and in this one. */
export interface Homes {
  earlier: ReadonlyMap<string, string>
  own: ReadonlyMap<string, string>
}

export type Known = (legacyIds: string[]) => Promise<Homes>

interface ProfileWords {
  id: string | null | undefined
  telegramId: string | null | undefined
  mail: string | null | undefined
  created: string | null | undefined
}

function readProfile({ id, telegramId, mail, created }: ProfileWords): Profile {
  return {
    id: id ?? '',
    telegramId: validTelegramId(telegramId ?? null),
    email: mail ? normaliseAddress(mail) : null,
    createdAt: created === null || created === undefined ? Number.POSITIVE_INFINITY : Number(created),
  }
}

/** As statements read it, too. */
const TELEGRAM_ID = /^[0-9]{1,16}$/

/** A Telegram id as text, or null for what cannot be one. */
export function validTelegramId(value: string | null): string | null {
  const id = value !== null && TELEGRAM_ID.test(value) ? Number(value) : Number.NaN
  return id > 0 && id < TELEGRAM_ID_END ? String(id) : null
}

/**
 * Connected by what they share: first by their Telegram, then by a mail, unless that would bring two Telegrams together:
 * then whoever has the better claim keeps the mail.
 */
function groupsOf(ranked: readonly Profile[]): Map<string, Profile[]> {
  const groups = new Map(ranked.map((profile) => [profile.id, [profile]]))
  const join = (one: Profile, other: Profile) => {
    const [large, small] = [groups.get(one.id) ?? [], groups.get(other.id) ?? []]
    if (large === small || telegramsOf([...large, ...small]) > 1) return
    large.push(...small)
    for (const { id } of small) groups.set(id, large)
  }
  for (const loginOf of [({ telegramId }: Profile) => telegramId, ({ email }: Profile) => email]) {
    for (const [login, [first, ...others]] of Map.groupBy(ranked, loginOf)) {
      if (login && first) for (const other of others) join(first, other)
    }
  }
  return groups
}

function telegramsOf(profiles: readonly Profile[]): number {
  return new Set(profiles.flatMap(({ telegramId }) => telegramId ?? [])).size
}

function byClaim(one: Profile, other: Profile, homes: ReadonlyMap<string, string>): number {
  const ranks = (profile: Profile) => [homes.has(profile.id) ? 0 : 1, profile.telegramId ? 0 : 1]
  const [oneRanks, otherRanks] = [ranks(one), ranks(other)]
  for (const [index, rank] of oneRanks.entries()) {
    const difference = rank - (otherRanks[index] ?? 0)
    if (difference !== 0) return difference
  }
  if (one.createdAt !== other.createdAt) return one.createdAt < other.createdAt ? -1 : 1
  return one.id < other.id ? -1 : 1
}
