import type pg from 'pg'
import type { Credits } from '#contract/api'
import { identitiesOfUsers, takenIdentities, wasForgotten } from '#domain/identity'
import type { Person } from '../rules/read-person.ts'
import type { Household } from '../source/read-households.ts'
import type { LegacyLine } from '../source/read-lines.ts'
import { readRun } from './run-store.ts'
import { countedBefore, endOfLastShare, lastLooks, usersOfProfiles } from './share-store.ts'

/** Somebody of the old house who is here already. */
export interface Found {
  userId: string
  /** An earlier run brought them; else they came by themselves. */
  brought: boolean
  /** The users of the profiles that came before, by profile: each has its own credits. */
  users: ReadonlyMap<string, string>
  /** What was counted of each profile, by its id. */
  counted: ReadonlyMap<string, Credits>
  /** Whether an earlier run has read this line. */
  hasRead(line: LegacyLine): boolean
}

/** Who of a household is here; nobody, and which of its logins somebody else has; or somebody who was forgotten since. */
export type Search = { found: Found } | { found: null; taken: ReadonlySet<string> } | { found: null; forgotten: true }

export interface Homes {
  /** By profiles that came before, else by a login that somebody has here: the Telegram decides. */
  find(household: Household, person: Person): Promise<Search>
}

type Client = Pick<pg.Pool, 'query'>

/** Looks in what is committed; how far each run has read is asked for once. */
export function createHomes(client: Client): Homes {
  const looks = new Map<string, Promise<Look | null>>()
  return { find }

  async function find(household: Household, person: Person): Promise<Search> {
    const ids = household.profiles.map(({ id }) => id)
    const users = await usersOfProfiles(client, ids)
    const known = (household.owner === null ? undefined : users.get(household.owner)) ?? users.values().next().value
    if (known !== undefined) {
      if (await wasForgotten(client, known)) return { found: null, forgotten: true }
      const counted = await countedBefore(client, ids)
      const hasRead = await readBefore(ids)
      return { found: { userId: known, brought: true, users, counted, hasRead } }
    }
    return byLogin(client, person)
  }

  /** Each profile was last looked at by a run that read the lines up to some id. */
  async function readBefore(ids: readonly string[]): Promise<Found['hasRead']> {
    const byProfile = new Map<string, Look>()
    for (const [profile, run] of await lastLooks(client, ids)) {
      const look = await lookOf(run)
      if (look) byProfile.set(profile, look)
    }
    return ({ userId, id }) => {
      const look = userId === null ? undefined : byProfile.get(userId)
      return look !== undefined && id <= look.last && !look.open.has(id)
    }
  }

  function lookOf(run: string): Promise<Look | null> {
    const known = looks.get(run) ?? readLook(client, run)
    looks.set(run, known)
    return known
  }
}

interface Look {
  last: bigint
  open: ReadonlySet<bigint>
}

async function readLook(client: Client, runId: string): Promise<Look | null> {
  const run = await readRun(client, runId)
  if (!run) return null
  return { last: BigInt(run.lines.last), open: new Set(run.lines.notYet.map(BigInt)) }
}

/** Somebody else's mail leads to them, unless they have another Telegram than the one who comes. */
async function byLogin(client: Client, { identities }: Person): Promise<Search> {
  const taken = await takenIdentities(client, identities)
  const theirs = identities.find(({ provider }) => provider === 'telegram')
  const byTelegram = theirs && taken.get(`telegram:${theirs.externalId}`)
  if (byTelegram) return { found: await withLogin(client, byTelegram) }
  for (const userId of taken.values()) {
    const own = await identitiesOfUsers(client, [userId])
    if (!theirs || !own.some((name) => name.startsWith('telegram:'))) return { found: await withLogin(client, userId) }
  }
  return { found: null, taken: new Set(taken.keys()) }
}

/** Somebody whose login leads here, though none of these profiles came before. */
async function withLogin(client: Client, userId: string): Promise<Found> {
  const brought = (await endOfLastShare(client, userId)) !== null
  return { userId, brought, users: new Map(), counted: new Map(), hasRead: () => false }
}
