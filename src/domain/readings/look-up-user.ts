import { countTalks } from '#domain/conversations'
import { balanceOf } from '#domain/credits'
import { findIdentity, liveUserId, normaliseAddress, readUserRecord, type UserRecord } from '#domain/identity'
import { countTurns } from '#domain/replies'
import type { Executor } from '#platform/postgres'

/** By what an operator asks for somebody. */
export type UserQuery = { id: string } | { telegramId: string } | { email: string }

export interface UserFigures extends UserRecord {
  conversations: number
  activePersonaId: string | null
  openTurns: number
  reports: number
  credits: Awaited<ReturnType<typeof balanceOf>>
}

/** A user in figures: ids, dates, counts, balances and states. Null when nobody is known by that. */
export async function lookUpUser(db: Executor, query: UserQuery): Promise<UserFigures | null> {
  const named = await findNamed(db, query)
  const userId = named && (await liveUserId(db, named))
  const record = userId && (await readUserRecord(db, userId))
  if (!record) return null
  return {
    ...record,
    ...(await countTalks(db, record.id)),
    ...(await countTurns(db, record.id)),
    credits: await balanceOf(db, record.id),
  }
}

async function findNamed(db: Executor, query: UserQuery): Promise<string | null> {
  if ('id' in query) return query.id
  if ('telegramId' in query) return (await findIdentity(db, 'telegram', query.telegramId))?.userId ?? null
  const address = normaliseAddress(query.email)
  return address === null ? null : ((await findIdentity(db, 'email', address))?.userId ?? null)
}
