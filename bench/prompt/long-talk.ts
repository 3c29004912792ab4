import { type Kysely, sql } from 'kysely'
import { archiveActive, insertConversation, reactivate } from '#domain/conversations'
import { findOrCreateUser, type KeyRing, lockUser } from '#domain/identity'
import { newId } from '#platform/ids'
import { type Database, type Executor, inTransaction } from '#platform/postgres'
import type { Vault } from '#platform/vault'
import { lineOf } from '../lay-past.ts'

const NOTHING = { basic: 0, pro: 0, cassandra: 0 }
const SUMMARY_SENTENCES = 30

export interface Ground {
  db: Kysely<Database>
  vault: Vault
  keys: KeyRing
}

export interface Talk {
  userId: string
  conversationId: string
}

export async function makeReader({ db, vault, keys }: Ground): Promise<string> {
  const { userId } = await findOrCreateUser(
    db,
    { provider: 'email', externalId: 'reader@example.org', channel: 'web', displayName: 'Bench', locale: 'ru' },
    { vault, keyRing: keys, welcome: NOTHING },
  )
  return userId
}

/** Leaves the conversation that is open for a new one. */
export function beginTalk({ db }: Ground, userId: string, personaId: string): Promise<Talk> {
  return inTransaction(db, async (tx) => {
    await archiveActive(tx, userId, await lastSeqOf(tx, userId))
    const { id } = await insertConversation(tx, { id: newId(), userId, personaId, personaVersion: 1, storyId: null })
    return { userId, conversationId: id }
  })
}

/** Brings an earlier one back. */
export function bringBack({ db }: Ground, { userId, conversationId }: Talk): Promise<void> {
  return inTransaction(db, async (tx) => {
    const lastSeq = await lastSeqOf(tx, userId)
    await archiveActive(tx, userId, lastSeq)
    if (!(await reactivate(tx, userId, conversationId, lastSeq))) throw new Error('the talk cannot be brought back')
  })
}

async function lastSeqOf(tx: Executor, userId: string): Promise<number> {
  const user = await lockUser(tx, userId)
  if (!user) throw new Error('there is no such user')
  return user.lastSeq
}

/** Gives the talk's companion a summary, and facts that were drawn from the first lines. */
export async function remember(
  { db, vault, keys }: Ground,
  { userId, conversationId }: Talk,
  facts: number,
): Promise<void> {
  const { key } = await keys.current(userId)
  const summary = Array.from({ length: SUMMARY_SENTENCES }, (_, index) => lineOf(index)).join(' ')
  const sealedSummary = vault.seal(key, { table: 'memories', id: conversationId }, summary)
  await sql`
    INSERT INTO memories (user_id, conversation_id, sealed_summary) VALUES (${userId}, ${conversationId}, ${sealedSummary})
  `.execute(db)
  for (let number = 1; number <= facts; number += 1) {
    const id = newId()
    const sealedText = vault.seal(key, { table: 'facts', id }, `Любит книгу номер ${number} и вечера с ней`)
    await sql`
      INSERT INTO facts (user_id, id, conversation_id, message_id, sealed_text)
      SELECT user_id, ${id}, conversation_id, id, ${sealedText} FROM messages
      WHERE user_id = ${userId} AND conversation_id = ${conversationId} ORDER BY seq LIMIT 1 OFFSET ${2 * (number - 1)}
    `.execute(db)
  }
  await sql`ANALYZE memories, facts, conversations, users`.execute(db)
}
