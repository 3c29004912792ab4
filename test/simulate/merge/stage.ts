import { sql } from 'kysely'
import type { ProvenIdentity } from '#domain/identity'
import { findOrCreateUser, updateUser } from '#domain/identity'
import type { LinkDeps } from '#domain/linking'
import { beginConversation } from '#domain/replies'
import { createLeases, type Leases } from '#platform/leases'
import { mergeParts } from '../../harness/merge-parts.ts'
import { openRooms, type Rooms } from '../../harness/rooms.ts'
import type { Scope } from '../../harness/scope.ts'
import type { Person, Script, Who } from './script.ts'

const FIRST_TELEGRAM_ID = 10_000_000

/** Everybody of this database, of whom one pair after the other is played. */
export interface Stage {
  rooms: Rooms
  leases: Leases
  deps: LinkDeps
  pairs: number
  /** After a case that failed: what it left under way is not the next one's. */
  forgetOpenTurns(): Promise<void>
}

/** Two people of one case. */
export interface Pair {
  /** Their first user ids; both are one person's after the merge. */
  userIds: Record<Who, string>
  telegram: ProvenIdentity
  /** Under whom the web person acts at this moment. */
  webUserId: string
}

export async function openStage(scope: Scope): Promise<Stage> {
  const rooms = await openRooms(scope)
  const { db, vault, keyRing: keys } = rooms
  return {
    rooms,
    leases: createLeases({ pool: rooms.pool }),
    deps: { db, vault, parts: mergeParts({ vault, keys }) },
    pairs: 0,
    async forgetOpenTurns() {
      await sql`UPDATE turns SET state = 'failed', due_at = NULL WHERE due_at IS NOT NULL`.execute(db)
    },
  }
}

/** Two people who never met Vitte, as their script describes them. */
export async function makePair(stage: Stage, { telegram, web }: Pick<Script, 'telegram' | 'web'>): Promise<Pair> {
  stage.pairs += 1
  const telegramId = String(FIRST_TELEGRAM_ID + stage.pairs)
  const byTelegram = {
    ...identityOf(telegram),
    provider: 'telegram',
    externalId: telegramId,
    channel: 'telegram',
  } as const
  const byMail = {
    ...identityOf(web),
    provider: 'email',
    externalId: `reader${stage.pairs}@example.org`,
    channel: 'web',
  } as const
  const userIds = { telegram: await makeUser(stage, telegram, byTelegram), web: await makeUser(stage, web, byMail) }
  return { userIds, telegram: byTelegram, webUserId: userIds.web }
}

function identityOf({ locale }: Person) {
  return { displayName: 'Н', locale }
}

async function makeUser({ rooms }: Stage, person: Person, identity: ProvenIdentity): Promise<string> {
  const { db, vault, keyRing } = rooms
  const reachability = identity.channel === 'telegram' ? 'reachable' : null
  const { userId } = await findOrCreateUser(db, identity, { vault, keyRing, welcome: person.credits, reachability })
  const { timezone, adult } = person
  if (timezone || adult) {
    await updateUser(db, userId, { ...(timezone ? { timezone } : {}), ...(adult ? { adult: true } : {}) })
  }
  if (person.debt > 0) await owe(rooms, userId, person.debt)
  if (person.choice !== null) await begin(rooms, { userId, choice: person.choice, byTelegram: reachability !== null })
  return userId
}

/** Nothing makes debts yet; a merge must carry them all the same. */
async function owe({ db }: Rooms, userId: string, amount: number): Promise<void> {
  await sql`
    INSERT INTO ledger_transfers (user_id, type, amount, from_account, to_account, reason, business_key)
    VALUES (${userId}, 'basic', ${amount}, 'debt', 'house', 'clawback', 'clawback')
  `.execute(db)
  await sql`UPDATE credit_balances SET debt = ${amount} WHERE user_id = ${userId} AND type = 'basic'`.execute(db)
}

/** One of a few companions and stories, so that two people often choose the same. */
export async function begin(
  rooms: Rooms,
  { userId, choice, byTelegram }: { userId: string; choice: number; byTelegram: boolean },
): Promise<void> {
  const stories = [
    { personaId: 'arina', storyId: 'last-tram' },
    { personaId: 'arina', storyId: 'quiet-evening' },
    { personaId: 'cassandra', storyId: 'night-train' },
  ]
  const story = stories[choice % stories.length]
  if (!story) return
  const begun = await beginConversation(
    { ...rooms.settle, catalogue: rooms.catalogue },
    { userId, ...story, interface: byTelegram ? 'webapp' : 'browser' },
  )
  if ('absent' in begun) throw new Error(`there is no ${begun.absent} to begin with`)
}
