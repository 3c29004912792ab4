import type pg from 'pg'
import type { Credits } from '#contract/api'

/** Everything `accept_message` is told about one inbound message, in the order of its parameters. */
export interface AcceptItem {
  source: string
  key: string
  bodyHmac: Buffer
  userId: string | null
  provider: string | null
  externalId: string | null
  newUserId: string | null
  keyId: string
  wrappedKey: Buffer | null
  messageId: string
  turnId: string
  sealedText: Buffer
  channel: string
  interface: string
  contentType: string
  address: string | null
  sentAt: Date | null
  locale: string | null
  displayName: string | null
  username: string | null
  identityHash: Buffer | null
  welcome: Credits
  /** What the product answers itself, free of charge; null: the companion answers. */
  aside: string | null
}

/** What `accept_message` answers; see replies/accept.sql for the outcomes. */
export interface AcceptRow {
  outcome: string
  code: string | null
  user_id: string
  key_id: string
  wrapped_key: Buffer | null
  message_id: string | null
  turn_id: string | null
  seq: number | null
  conversation_id: string | null
  created_at: Date | null
  price_type: string | null
  available: number | null
  wake_turn: boolean
  wake_delivery: boolean
}

export interface AcceptLimits {
  laneMax: number
  noticeQuietSeconds: number
}

type Column = [type: string, read: (item: AcceptItem) => unknown]

const COLUMNS: Column[] = [
  ['text', (item) => item.source],
  ['text', (item) => item.key],
  ['bytea', (item) => item.bodyHmac],
  ['uuid', (item) => item.userId],
  ['text', (item) => item.provider],
  ['text', (item) => item.externalId],
  ['uuid', (item) => item.newUserId],
  ['uuid', (item) => item.keyId],
  ['bytea', (item) => item.wrappedKey],
  ['uuid', (item) => item.messageId],
  ['uuid', (item) => item.turnId],
  ['bytea', (item) => item.sealedText],
  ['text', (item) => item.channel],
  ['text', (item) => item.interface],
  ['text', (item) => item.contentType],
  ['text', (item) => item.address],
  ['timestamptz', (item) => item.sentAt],
  ['text', (item) => item.locale],
  ['text', (item) => item.displayName],
  ['text', (item) => item.username],
  ['bytea', (item) => item.identityHash],
  ['integer', (item) => item.welcome.basic],
  ['integer', (item) => item.welcome.pro],
  ['integer', (item) => item.welcome.cassandra],
  ['text', (item) => item.aside],
]

const ONE = statement('accept_message', (type) => type)
const GROUP = statement('accept_messages', (type) => `${type}[]`)

/** Accepts in one statement: a single item by scalars, a group by arrays, all or nothing. Rows come in the order of the items. */
export async function acceptItems(
  pool: pg.Pool,
  items: AcceptItem[],
  { laneMax, noticeQuietSeconds }: AcceptLimits,
): Promise<AcceptRow[]> {
  const [only] = items
  const values =
    items.length === 1 && only ? COLUMNS.map(([, read]) => read(only)) : COLUMNS.map(([, read]) => items.map(read))
  const { rows } = await pool.query<AcceptRow>({
    ...(items.length === 1 ? ONE : GROUP),
    values: [...values, laneMax, noticeQuietSeconds],
  })
  return rows
}

/** Named, so that each connection plans it once. */
function statement(name: string, cast: (type: string) => string): { name: string; text: string } {
  const parameters = COLUMNS.map(([type], index) => `$${index + 1}::${cast(type)}`)
  const limits = [COLUMNS.length + 1, COLUMNS.length + 2].map((index) => `$${index}::integer`)
  return { name, text: `SELECT * FROM ${name}(${[...parameters, ...limits].join(', ')})` }
}
