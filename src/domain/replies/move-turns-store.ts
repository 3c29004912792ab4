import type pg from 'pg'

/** The lines below `end` stand so much further up from now on: so do the turns that answer them. The caller has locked the user. */
export async function moveTurnsUp(
  client: Pick<pg.ClientBase, 'query'>,
  userId: string,
  { end, places }: { end: number; places: number },
): Promise<void> {
  await client.query('UPDATE turns SET message_seq = message_seq + $3 WHERE user_id = $1 AND message_seq < $2', [
    userId,
    end,
    places,
  ])
}
