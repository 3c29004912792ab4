import type { Executor } from '#platform/postgres'
import { type Cursor, type DeliveryRecord, readShelf, type Shelf } from './operator-store.ts'

const CURSOR = /^(\d{1,16})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

/** A page of a shelf. `cursor` is where the next one begins; null at the end. */
export interface DeliveryPage {
  deliveries: DeliveryRecord[]
  cursor: string | null
}

/** What was lost or is under way, a page at a time. Null for a cursor that no page has given. */
export async function listDeliveries(
  db: Executor,
  { shelf, before, limit }: { shelf: Shelf; before: string | null; limit: number },
): Promise<DeliveryPage | null> {
  const after = before === null ? null : readCursor(before)
  if (before !== null && !after) return null
  const rows = await readShelf(db, { shelf, after, limit: limit + 1 })
  const shown = rows.slice(0, limit)
  const last = rows.length > limit ? shown.at(-1) : undefined
  return { deliveries: shown.map(({ record }) => record), cursor: last ? writeCursor(last.cursor) : null }
}

function readCursor(written: string): Cursor | null {
  const [, atMicros = '', id = ''] = CURSOR.exec(written) ?? []
  return id ? { atMicros: Number(atMicros), id } : null
}

function writeCursor({ atMicros, id }: Cursor): string {
  return `${atMicros}.${id}`
}
