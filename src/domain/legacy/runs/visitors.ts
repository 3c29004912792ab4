import { CREDIT_TYPES } from '#contract/words'
import type { Note } from '../rules/note.ts'
import { readCredits } from '../rules/read-credits.ts'
import { type Person, type PersonRules, readPerson } from '../rules/read-person.ts'
import type { Household } from '../source/read-households.ts'
import type { Found, Homes } from './homes.ts'

/** A household at the door, with what was noted of its profiles. */
export type Visitor = { household: Household; notes: Note[] } & (
  | { kind: 'nobody' }
  | { kind: 'newcomer'; owner: string; person: Person }
  | { kind: 'known' }
  | { kind: 'addition'; owner: string; person: Person; found: Found }
)

export interface DoorDeps {
  rules: PersonRules
  /** Null: nobody is here, so nobody needs to be looked for. */
  homes: Homes | null
}

/** Says of each household who they are here: nobody, new, known without anything new, or somebody to add something to. */
export async function* receive(
  deps: DoorDeps,
  households: AsyncGenerator<Household, void>,
): AsyncGenerator<Visitor, void> {
  for await (const household of households) yield await look(deps, household)
}

async function look({ homes, rules }: DoorDeps, household: Household): Promise<Visitor> {
  const { owner, profiles } = household
  const notes: Note[] = []
  const person = profiles.length > 0 ? readPerson(owner, profiles, rules, (note) => void notes.push(note)) : null
  if (!person || owner === null) return { kind: 'nobody', household, notes }
  const search = homes ? await homes.find(household, person) : { found: null, taken: new Set<string>() }
  if ('forgotten' in search) return { kind: 'nobody', household, notes: forgotten(household) }
  const { found } = search
  if (!found) return { kind: 'newcomer', household, notes, owner, person: withoutTaken(person, search.taken, notes) }
  const hasNews = hasNewRows(household, found) || (await household.lines.any())
  return hasNews ? { kind: 'addition', household, notes, owner, person, found } : { kind: 'known', household, notes }
}

/** Whoever went is not brought back; what was noted of their profiles does not matter any more. */
function forgotten({ profiles }: Household): Note[] {
  return profiles.map(({ id }) => ({ table: 'profiles', key: id, outcome: 'rejected', reason: 'forgotten' }))
}

/** Somebody here has the mail, and another Telegram. */
function withoutTaken(person: Person, taken: ReadonlySet<string>, notes: Note[]): Person {
  const isFree = ({ provider, externalId }: Person['identities'][number]) => !taken.has(`${provider}:${externalId}`)
  for (const identity of person.identities) {
    if (isFree(identity)) continue
    notes.push({ table: 'profiles', key: identity.legacyId, outcome: 'repaired', reason: 'identity_taken' })
  }
  return { ...person, identities: person.identities.filter(isFree) }
}

function hasNewRows({ profiles, credits }: Household, { users, counted }: Found): boolean {
  if (profiles.some(({ id }) => !users.has(id))) return true
  const { byProfile } = readCredits(credits, () => {})
  return [...byProfile].some(([id, now]) => CREDIT_TYPES.some((type) => now[type] !== (counted.get(id)?.[type] ?? 0)))
}
