import type { Credits } from '#contract/api'
import type { BroughtConversation, BroughtLines } from '#domain/conversations'
import type { BroughtUser } from '#domain/identity'
import type { Vault } from '#platform/vault'
import { type Purses, readCredits, sumOf } from '../rules/read-credits.ts'
import type { Roles } from '../rules/read-line.ts'
import type { PersonRules } from '../rules/read-person.ts'
import type { Household } from '../source/read-households.ts'
import { bringLines } from './bring-lines.ts'
import type { Companions } from './companions.ts'
import { addCredits, noCredits, type Sheet } from './counts.ts'
import type { Lines } from './share-store.ts'
import { Talks } from './talks.ts'
import type { Visitor } from './visitors.ts'

/** A person of the old house as they come in here; their lines are written already. */
export interface Newcomer {
  user: BroughtUser
  conversations: BroughtConversation[]
  credits: Credits
  /** The profiles that became this user, with what each had. */
  profiles: { legacyId: string; credits: Credits }[]
  lines: Lines | null
}

export interface BringDeps {
  vault: Vault
  companions: Companions
  roles: Roles
  rules: PersonRules
}

/** Writes the lines of a household that is new here and gives the rest of it. */
export async function bringNewcomer(
  deps: BringDeps,
  { household, person, owner }: Extract<Visitor, { kind: 'newcomer' }>,
  to: BroughtLines,
  sheet: Sheet,
): Promise<Newcomer> {
  const { counts } = sheet
  counts.tables.profiles.taken += 1
  const { counted, byProfile } = readPurses(household, sheet)
  counts.tables.user_credits.taken += household.credits.length
  const key = deps.vault.newDataKey()
  const talks = new Talks(deps.companions, { userId: owner, ...person })
  const told = await bringLines(
    { ...deps, person, userId: owner, key, firstSeq: 1, talks, to, sheet, hasRead: () => false },
    household.lines,
  )
  const active = talks.latest ?? (await talks.chosen())
  counts.users += 1
  const user: BroughtUser = {
    id: owner,
    displayName: person.displayName,
    locale: person.locale,
    keyId: key.id,
    wrappedKey: key.wrapped,
    lastSeq: told.count,
    lastPersonaId: active.companion.personaId,
    createdAtMicros: person.createdAtMicros,
    spokeAtMicros: told.spokeAtMicros,
    identities: person.identities,
  }
  return {
    user,
    conversations: talks.written(active),
    credits: counted,
    profiles: household.profiles.map(({ id }) => ({ legacyId: id, credits: byProfile.get(id) ?? noCredits() })),
    lines: told.count > 0 ? { firstSeq: 1, lastSeq: told.count, hash: told.hash } : null,
  }
}

/** What the purses of a household hold, and what of it counts here. */
export function readPurses({ credits }: Household, { counts, note }: Sheet): Purses {
  const purses = readCredits(credits, note)
  addCredits(counts.creditsRead, purses.read)
  addCredits(counts.creditsLeft, purses.read, purses.counted)
  return purses
}

/** What belongs to nobody who can be brought. */
export async function rejectRest({ credits, lines }: Household, { counts, note }: Sheet): Promise<void> {
  addCredits(counts.creditsRead, sumOf(credits))
  addCredits(counts.creditsLeft, sumOf(credits))
  for (const { userId } of credits) {
    note({ table: 'user_credits', key: userId ?? '', outcome: 'rejected', reason: 'orphan' })
  }
  for (;;) {
    const coming = lines.next()
    const line = coming instanceof Promise ? await coming : coming
    if (!line) return
    counts.tables.chat_messages.read += 1
    note({ table: 'chat_messages', key: String(line.id), outcome: 'rejected', reason: 'orphan' })
  }
}
