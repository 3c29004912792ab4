import { sql } from 'kysely'
import { createHistory } from '#domain/conversations'
import { createKeyRing, lockUser } from '#domain/identity'
import { type DatabaseHandle, inTransaction } from '#platform/postgres'
import { createVault } from '#platform/vault'
import type { Person } from '#test/people'
import { MASTER_KEY } from '#test/vitte'

const MINUTES_APART = 37
const PLACES = ['browser', 'bot', 'webapp'] as const
const SENTENCES = [
  'Вечером за окном шёл снег.',
  'Я поставила чайник и открыла старую книгу.',
  'Там между страницами лежал билет на трамвай, которого давно нет.',
  'Представляешь?',
  'На обороте кто-то записал три слова и время.',
]

/** Text of a line of the past; its number is in it once, and its length differs from that of its neighbours. */
export const pastLine = (number: number) =>
  `№${number}. ${Array.from({ length: 1 + ((number * 7) % 11) }, (_, index) => SENTENCES[(number + index) % SENTENCES.length]).join(' ')}`

/** Gives a person a past: so many lines in the conversation that is open, by turns theirs and the companion's. */
export async function givePast(
  { database }: { database: Pick<DatabaseHandle, 'db'> },
  person: Person,
  lines: number,
): Promise<void> {
  const { user, conversation } = await person.me()
  const vault = createVault({ masterKey: Buffer.from(MASTER_KEY, 'base64') })
  const keys = createKeyRing({ vault, db: database.db })
  const history = createHistory({ vault, keys })
  await inTransaction(database.db, async (tx) => {
    const locked = await lockUser(tx, user.id)
    if (!locked) throw new Error('this person is not known')
    for (let number = 1; number <= lines; number += 1) {
      const place = PLACES[Math.floor(number / 20) % PLACES.length] ?? 'bot'
      await history.append(tx, locked, {
        conversationId: conversation?.id ?? null,
        turnId: null,
        role: number % 2 === 1 ? 'user' : 'assistant',
        channel: place === 'browser' ? 'web' : 'telegram',
        interface: place,
        contentType: 'text',
        text: pastLine(number),
      })
    }
    await sql`
      UPDATE messages SET created_at = clock_timestamp() - make_interval(mins => ${MINUTES_APART} * (${lines} + 2 - seq)::integer)
      WHERE user_id = ${user.id}
    `.execute(tx)
  })
}
