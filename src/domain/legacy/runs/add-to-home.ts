import type pg from 'pg'
import type { Credits } from '#contract/api'
import { CREDIT_TYPES } from '#contract/words'
import { type BroughtLines, bringConversations, moveUp, startLines, switchTalk, talksOf } from '#domain/conversations'
import { bringDifference, noWelcomeFor } from '#domain/credits'
import { bringLogins, type Home, identitiesOfUsers, lockHome, placeHistory, takenIdentities } from '#domain/identity'
import { moveTurnsUp } from '#domain/replies'
import type { Person } from '../rules/read-person.ts'
import { type BringDeps, readPurses } from './bring-household.ts'
import { bringLines, type Told } from './bring-lines.ts'
import { addCredits, noCredits, type Sheet } from './counts.ts'
import type { Found } from './homes.ts'
import { endOfLastShare, noteLooks, noteProfiles, noteShares, type ProfileLook } from './share-store.ts'
import { Talks } from './talks.ts'
import { asError } from './transaction.ts'
import type { Visitor } from './visitors.ts'

type Addition = Extract<Visitor, { kind: 'addition' }>

/**
 * Gives somebody who is here what the old house has of them: lines behind those that were brought before, or before all
 * that they have said here if nothing was; what came to their credits or went; logins that nobody has. One transaction,
 * in which they are locked.
 */
export async function addToHome(
  deps: BringDeps & { runId: string },
  client: pg.ClientBase,
  addition: Addition,
  sheet: Sheet,
): Promise<void> {
  const { household, person, owner, found } = addition
  const home = await lockHome(client, found.userId)
  if (!home) throw new Error(`user ${found.userId} is in the list of who was brought, and not here`)
  countKnown(addition, sheet)
  const adding: Adding = { ...deps, client, addition, home, sheet }
  const told = await addLines(adding)
  const logins = await addLogins(deps, client, home, person, sheet)
  await addPurses(adding)
  const { userId } = found
  const unknown = household.profiles.filter(({ id }) => !found.users.has(id))
  await noteProfiles(
    client,
    deps.runId,
    unknown.map(({ id }) => ({ legacyId: id, userId })),
  )
  const { lines, talks, activeBefore, spokeBefore, endSeq } = told
  const share = { ownerId: owner, userId, lines, endSeq, addition: { talks, logins, activeBefore, spokeBefore } }
  await noteShares(client, deps.runId, [share])
  sheet.counts.additions += 1
}

interface Adding extends BringDeps {
  runId: string
  client: pg.ClientBase
  addition: Addition
  home: Home
  sheet: Sheet
}

function countKnown({ household, owner, found }: Addition, { counts, note }: Sheet): void {
  // The others are noted as merged.
  if (!household.profiles.some(({ id }) => id === owner)) return
  if (found.users.has(owner)) counts.tables.profiles.known += 1
  else if (!found.brought) counts.tables.profiles.taken += 1
  else note({ table: 'profiles', key: owner, outcome: 'merged', reason: 'same_person' })
}

async function addLines(adding: Adding) {
  const { client, addition, home, companions } = adding
  const { person, household, found } = addition
  const { byPersona, active } = await talksOf(client, home.userId)
  // Of two that lead to one user, the first may have come while the second was looked for.
  const end = await endOfLastShare(client, found.userId)
  const known = found.brought ? byPersona : new Map<string, string>()
  const talks = new Talks(companions, { userId: home.userId, ...person, known })
  const firstSeq = home.lastSeq + 1
  const to = startLines(client)
  let told: Told
  try {
    const key = adding.vault.unwrap(home.keyId, home.wrappedKey)
    const { hasRead } = found
    const bringing = { ...adding, person, userId: home.userId, key, firstSeq, talks, to, hasRead }
    told = await bringLines(bringing, household.lines)
  } catch (error) {
    to.abort(asError(error))
    throw error
  }
  await to.end()
  const next = nextActive(adding, { active, talks, end })
  const written = talks.written(null)
  await bringConversations(client, written)
  if (next !== active) await switchTalk(client, home.userId, next)
  const endSeq = await place(adding, told, end === null)
  const lines = told.count > 0 ? { firstSeq, lastSeq: firstSeq + told.count - 1, hash: told.hash } : null
  return { lines, talks: written.map(({ id }) => id), activeBefore: active, spokeBefore: home.spokeAtMicros, endSeq }
}

/** Where the lines of somebody who has only talked to the old house go on, they go on here; otherwise here decides. */
function nextActive(
  { home, addition }: Adding,
  { active, talks, end }: { active: string | null; talks: Talks; end: number | null },
): string | null {
  const latest = talks.latest?.id ?? null
  if (active === null) return latest
  const isUntouched = addition.found.brought && home.lastSeq === end
  return isUntouched && latest !== null ? latest : active
}

/**
 * Brought for the first time, lines of old go before those of here: these move up, above all places there ever were.
 * Where the history ends then.
 */
async function place({ client, home }: Adding, { count, spokeAtMicros }: Told, isFirstShare: boolean): Promise<number> {
  if (count === 0) return home.lastSeq
  const end = home.lastSeq + 1
  const length = end - home.seqBase
  const isFirst = isFirstShare && length > 0
  const places = length + count
  if (isFirst) {
    await moveUp(client, home.userId, { end, places })
    await moveTurnsUp(client, home.userId, { end, places })
  }
  const lastSeq = home.lastSeq + count + (isFirst ? length : 0)
  const seqBase = isFirst ? end : home.seqBase
  await placeHistory(client, home.userId, { seqBase, lastSeq, spokeAtMicros: later(home.spokeAtMicros, spokeAtMicros) })
  return lastSeq
}

function later(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.max(one, other)
}

async function addLogins(
  { vault, rules }: BringDeps,
  client: pg.ClientBase,
  home: Home,
  { identities }: Person,
  { note }: Sheet,
): Promise<string[]> {
  const taken = await takenIdentities(client, identities)
  const own = await identitiesOfUsers(client, [home.userId])
  const hasTelegram = own.some((name) => name.startsWith('telegram:'))
  const free = identities.filter(
    ({ provider, externalId }) => !taken.has(`${provider}:${externalId}`) && !(provider === 'telegram' && hasTelegram),
  )
  for (const { provider, externalId, legacyId } of identities) {
    const name = `${provider}:${externalId}`
    const isTheirs =
      own.includes(name) || free.some((one) => one.provider === provider && one.externalId === externalId)
    if (!isTheirs) note({ table: 'profiles', key: legacyId, outcome: 'repaired', reason: 'identity_taken' })
  }
  const names = free.map(({ provider, externalId }) => `${provider}:${externalId}`)
  await bringLogins(client, home.userId, free, rules.nowMicros)
  await noWelcomeFor(
    client,
    identities.map(({ provider, externalId }) => vault.hmac('welcome', `${provider}:${externalId}`)),
  )
  return names
}

/** What came to the credits of each profile, or went, is booked with its own user: they may have become one person since. */
async function addPurses({ runId, client, addition, home, sheet }: Adding): Promise<void> {
  const { owner, found } = addition
  const { looks, byUser } = comparePurses(addition, sheet)
  await noteLooks(client, runId, looks)
  const businessKey = `migration:${runId}:${owner}`
  for (const [user, difference] of byUser) {
    const userId = user === found.userId ? home.userId : (await lockHome(client, user))?.userId
    if (userId === undefined) throw new Error(`user ${user} is in the list of who was brought, and not here`)
    const booked = await bringDifference(client, { userId, difference, businessKey: keyOf(businessKey, user, found) })
    addCredits(sheet.counts.creditsShort, booked, difference)
    if (CREDIT_TYPES.some((type) => booked[type] < difference[type])) {
      sheet.note({ table: 'user_credits', key: owner, outcome: 'repaired', reason: 'invalid_credits' })
    }
  }
}

/** Two profiles whose users were joined here are booked with one user. */
function keyOf(businessKey: string, user: string, { userId }: Found): string {
  return user === userId ? businessKey : `${businessKey}:${user}`
}

/** What was read of each profile of a household, and what that makes for each user. */
function comparePurses({ household, owner, found }: Addition, sheet: Sheet) {
  const { byProfile } = readPurses(household, sheet)
  const byUser = new Map<string, Credits>([[found.userId, noCredits()]])
  const looks: ProfileLook[] = []
  for (const { id } of household.profiles) {
    const now = byProfile.get(id) ?? noCredits()
    const before = found.counted.get(id) ?? noCredits()
    const own = noCredits()
    addCredits(own, now, before)
    looks.push({ legacyId: id, ownerId: owner, credits: own })
    const user = found.users.get(id) ?? found.userId
    const sum = byUser.get(user) ?? noCredits()
    addCredits(sum, own)
    byUser.set(user, sum)
    addCredits(sheet.counts.creditsKnown, before)
    if (!byProfile.has(id)) continue
    const isNew = CREDIT_TYPES.some((type) => own[type] !== 0) || !found.users.has(id)
    sheet.counts.tables.user_credits[isNew ? 'taken' : 'known'] += 1
  }
  return { looks, byUser }
}

/** The same without a trace: what would be noted and counted, as far as it does not depend on who is here. */
export async function rehearseAddition(deps: BringDeps, addition: Addition, sheet: Sheet): Promise<void> {
  const { household, person, owner, found } = addition
  countKnown(addition, sheet)
  const talks = new Talks(deps.companions, { userId: owner, ...person })
  const nowhere = {
    ...deps,
    person,
    userId: owner,
    key: deps.vault.newDataKey(),
    firstSeq: 1,
    talks,
    to: DISCARD,
    sheet,
    hasRead: found.hasRead,
  }
  await bringLines(nowhere, household.lines)
  comparePurses(addition, sheet)
  sheet.counts.additions += 1
}

/** Where lines go that nobody keeps. */
export const DISCARD: BroughtLines = { write: () => {}, end: async () => 0, abort: () => {} }
