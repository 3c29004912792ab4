import { type Kysely, sql } from 'kysely'
import { createHistory } from '#domain/conversations'
import { createKeyRing, lockUser } from '#domain/identity'
import { type Database, inTransaction } from '#platform/postgres'
import type { Vault } from '#platform/vault'

const MINUTES_APART = 3
/** So many in one transaction. */
const BATCH_LINES = 500

/** As people and companions write in a messenger: one to four sentences. */
const SENTENCES = [
  'Вечером за окном шёл снег.',
  'Я поставила чайник и открыла старую книгу.',
  'Там между страницами лежал билет на трамвай, которого давно нет.',
  'Представляешь?',
]

/** Text of a line; its number is in it once. */
export function lineOf(number: number): string {
  const sentences = Array.from({ length: 1 + ((number * 7) % 4) }, (_, index) => SENTENCES[(number + index) % 4])
  return `№${number}. ${sentences.join(' ')}`
}

export interface Past {
  userId: string
  conversationId: string
  /** How many are added. Odd ones are the person's, the others the companion's. */
  lines: number
}

/** Adds lines to a conversation the way messages come: sealed, one `seq` after the other; minutes lie between two. */
export async function layPast(
  { db, vault }: { db: Kysely<Database>; vault: Vault },
  { userId, conversationId, lines }: Past,
): Promise<void> {
  const history = createHistory({ vault, keys: createKeyRing({ vault, db }) })
  for (let first = 1; first <= lines; first += BATCH_LINES) {
    await inTransaction(db, async (tx) => {
      const user = await lockUser(tx, userId)
      if (!user) throw new Error('there is no such user')
      for (let number = first; number < first + BATCH_LINES && number <= lines; number += 1) {
        await history.append(tx, user, {
          conversationId,
          turnId: null,
          role: number % 2 === 1 ? 'user' : 'assistant',
          channel: 'web',
          interface: 'browser',
          contentType: 'text',
          text: lineOf(number),
        })
      }
    })
  }
  await sql`
    UPDATE messages m SET created_at = clock_timestamp() - make_interval(mins => ${MINUTES_APART} * (u.last_seq + 1 - m.seq)::integer)
    FROM users u WHERE m.user_id = ${userId} AND u.id = m.user_id
  `.execute(db)
  await sql`ANALYZE messages`.execute(db)
}
