/**
 * Every field a log line may have, and what its value may look like. A field that is not here is dropped, a value of
 * another shape becomes `[dropped]`: a text, a name, a mail or a token has no way into a log line.
 *
 * `id`: an identifier; `word`: a word of ours (a state, a code, a route pattern); `number`; `flag`: true or false;
 * `place`: an address or folder, credentials and query cut off; `error`: described without its message.
 */
export const LOG_FIELDS = {
  userId: 'id',
  identityId: 'id',
  conversationId: 'id',
  messageId: 'id',
  turnId: 'id',
  deliveryId: 'id',
  orderId: 'id',
  campaignId: 'id',
  reminderId: 'id',
  requestId: 'id',
  updateId: 'id',
  rowId: 'id',

  channel: 'word',
  interface: 'word',
  persona: 'word',
  state: 'word',
  outcome: 'word',
  reason: 'word',
  code: 'word',
  method: 'word',
  route: 'word',
  queue: 'word',
  topic: 'word',
  part: 'word',
  role: 'word',
  mode: 'word',
  provider: 'word',
  model: 'word',
  migration: 'word',
  setting: 'word',
  signal: 'word',
  version: 'word',
  locale: 'word',

  status: 'number',
  attempt: 'number',
  count: 'number',
  bytes: 'number',
  length: 'number',
  port: 'number',
  pid: 'number',
  durationMs: 'number',
  waitMs: 'number',
  retryAfterSeconds: 'number',
  inputTokens: 'number',
  outputTokens: 'number',

  replayed: 'flag',
  embedded: 'flag',

  address: 'place',
  folder: 'place',

  error: 'error',
} as const satisfies Record<string, FieldKind>

export type FieldKind = 'id' | 'word' | 'number' | 'flag' | 'place' | 'error'

interface ValueOf {
  id: string | number
  word: string
  number: number
  flag: boolean
  place: string
  error: unknown
}

/** The fields of one log line; anything else does not compile, and is dropped at run time. */
export type LogFields = { [Name in keyof typeof LOG_FIELDS]?: ValueOf[(typeof LOG_FIELDS)[Name]] | null | undefined }
