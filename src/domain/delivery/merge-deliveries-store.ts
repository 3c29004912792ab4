import { sql } from 'kysely'
import type { MergePart } from '#domain/identity'

/** This room's part: what is owed goes on being owed at the same address, for whoever the user is now. */
export const deliveryPart: MergePart = {
  room: 'delivery',
  tables: { deliveries: 'moves' },
  async merge(tx, { absorbedId, survivorId }) {
    await sql`SELECT lock_chats_of(${absorbedId})`.execute(tx)
    // Two statements, one for each index that begins with the user.
    await sql`
      UPDATE deliveries SET user_id = ${survivorId} WHERE user_id = ${absorbedId} AND message_id IS NOT NULL
    `.execute(tx)
    await sql`
      UPDATE deliveries SET user_id = ${survivorId} WHERE user_id = ${absorbedId} AND notice IS NOT NULL
    `.execute(tx)
    return {}
  },
  async undo(tx, { absorbedId, survivorId }) {
    await sql`SELECT lock_chats_of(${survivorId})`.execute(tx)
    await sql`
      UPDATE deliveries d SET user_id = ${absorbedId} FROM merged_lines l
      WHERE d.user_id = ${survivorId} AND d.message_id = l.message_id AND l.user_id = ${absorbedId}
    `.execute(tx)
    return {}
  },
}
