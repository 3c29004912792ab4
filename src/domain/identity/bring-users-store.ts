import type pg from 'pg'
import type { Channel, Locale, Reachability } from '#contract/words'
import { type CopyValue, startCopy } from '#platform/postgres'

/** An identity that another system has proven. */
export interface BroughtIdentity {
  provider: string
  externalId: string
  channel: Channel
  displayName: string
  username: string | null
  reachability: Reachability
}

/** A user as another system knew them. Times in microseconds since 1970. */
export interface BroughtUser {
  id: string
  displayName: string
  locale: Locale
  keyId: string
  wrappedKey: Buffer
  lastSeq: number
  lastPersonaId: string
  createdAtMicros: number
  spokeAtMicros: number | null
  identities: BroughtIdentity[]
}

/**
 * Writes users with their keys and identities, by COPY in the transaction of the connection. None of them is known yet,
 * and nobody else has any of the identities: otherwise PostgreSQL refuses them all.
 */
export async function bringUsers(client: pg.ClientBase, users: readonly BroughtUser[]): Promise<void> {
  await copyAll(client, USERS, users.map(userRow))
  await copyAll(
    client,
    KEYS,
    users.map(({ id, keyId, wrappedKey }) => [keyId, id, wrappedKey]),
  )
  await copyAll(client, IDENTITIES, users.flatMap(identityRows))
}

const USERS = {
  table: 'users',
  columns: {
    id: 'uuid',
    display_name: 'text',
    locale: 'text',
    key_id: 'uuid',
    last_seq: 'int8',
    last_persona_id: 'text',
    created_at: 'timestamptz',
    spoke_at: 'timestamptz',
  },
} as const

const KEYS = { table: 'user_keys', columns: { id: 'uuid', user_id: 'uuid', wrapped_key: 'bytea' } } as const

const IDENTITIES = {
  table: 'identities',
  columns: {
    user_id: 'uuid',
    provider: 'text',
    external_id: 'text',
    channel: 'text',
    display_name: 'text',
    username: 'text',
    reachability: 'text',
    created_at: 'timestamptz',
  },
} as const

async function copyAll(
  client: pg.ClientBase,
  target: Parameters<typeof startCopy>[1],
  rows: readonly (readonly CopyValue[])[],
): Promise<void> {
  const copy = startCopy(client, target)
  for (const row of rows) await copy.write(row)
  await copy.end()
}

function userRow(user: BroughtUser): CopyValue[] {
  const { id, displayName, locale, keyId, lastSeq, lastPersonaId, createdAtMicros, spokeAtMicros } = user
  return [id, displayName, locale, keyId, lastSeq, lastPersonaId, createdAtMicros, spokeAtMicros]
}

function identityRows({
  id,
  createdAtMicros,
  identities,
}: Pick<BroughtUser, 'id' | 'createdAtMicros'> & { identities: readonly BroughtIdentity[] }): CopyValue[][] {
  return identities.map(({ provider, externalId, channel, displayName, username, reachability }) => [
    id,
    provider,
    externalId,
    channel,
    displayName,
    username,
    reachability,
    createdAtMicros,
  ])
}

/** All there are, whatever became of them. */
export async function countUsers(client: Pick<pg.ClientBase, 'query'>): Promise<number> {
  const { rows } = await client.query<{ users: number }>('SELECT count(*)::integer AS users FROM users')
  return rows[0]?.users ?? 0
}

/** Which of these identities somebody has, by `provider:externalId`. */
export async function takenIdentities(
  client: Pick<pg.ClientBase, 'query'>,
  identities: readonly Pick<BroughtIdentity, 'provider' | 'externalId'>[],
): Promise<Map<string, string>> {
  const { rows } = await client.query<{ name: string; user_id: string }>(
    `SELECT i.provider || ':' || i.external_id AS name, i.user_id
     FROM unnest($1::text[], $2::text[]) AS asked(provider, external_id)
       JOIN identities i ON i.provider = asked.provider AND i.external_id = asked.external_id`,
    [identities.map(({ provider }) => provider), identities.map(({ externalId }) => externalId)],
  )
  return new Map(rows.map(({ name, user_id }) => [name, user_id]))
}

/** A user who is here already, locked until the transaction ends, to whom something is added. */
export interface Home {
  userId: string
  keyId: string
  wrappedKey: Buffer
  seqBase: number
  lastSeq: number
  /** When they last wrote; null: never. */
  spokeAtMicros: number | null
}

/** Whether whoever this user became has asked to be forgotten, and was. */
export async function wasForgotten(client: Pick<pg.ClientBase, 'query'>, userId: string): Promise<boolean> {
  const { rowCount } = await client.query('SELECT 1 FROM users WHERE id = $1 AND erased_at IS NOT NULL', [userId])
  return rowCount === 1
}

/** Null when there is no such user; whoever was merged is found in whom they live on in. */
export async function lockHome(client: Pick<pg.ClientBase, 'query'>, userId: string): Promise<Home | null> {
  for (let id: string | null = userId; id !== null; ) {
    const { rows }: { rows: HomeRow[] } = await client.query<HomeRow>(
      `SELECT u.id, u.merged_into, u.seq_base, u.last_seq, k.id AS key_id, k.wrapped_key,
         (extract(epoch FROM u.spoke_at) * 1000000)::bigint AS spoke_at
       FROM users u JOIN user_keys k ON k.id = u.key_id WHERE u.id = $1 FOR UPDATE OF u`,
      [id],
    )
    const row: HomeRow | undefined = rows[0]
    if (!row) return null
    if (row.merged_into === null) {
      const { key_id: keyId, wrapped_key: wrappedKey, seq_base: seqBase, last_seq: lastSeq } = row
      return { userId: row.id, keyId, wrappedKey, seqBase, lastSeq, spokeAtMicros: row.spoke_at }
    }
    id = row.merged_into
  }
  return null
}

interface HomeRow {
  id: string
  merged_into: string | null
  seq_base: number
  last_seq: number
  key_id: string
  wrapped_key: Buffer
  spoke_at: number | null
}

/** Where the history of a user begins and ends from now on, and when they last wrote. The caller has locked them. */
export async function placeHistory(
  client: Pick<pg.ClientBase, 'query'>,
  userId: string,
  { seqBase, lastSeq, spokeAtMicros }: { seqBase: number; lastSeq: number; spokeAtMicros: number | null },
): Promise<void> {
  await client.query(
    `UPDATE users SET seq_base = $2, last_seq = $3,
       spoke_at = timestamptz 'epoch' + $4::bigint * interval '1 microsecond' WHERE id = $1`,
    [userId, seqBase, lastSeq, spokeAtMicros],
  )
}

/** Logins that come to a user who is here; nobody has any of them. The caller has locked the user. */
export async function bringLogins(
  client: pg.ClientBase,
  userId: string,
  identities: readonly BroughtIdentity[],
  nowMicros: number,
): Promise<void> {
  await copyAll(client, IDENTITIES, identityRows({ id: userId, createdAtMicros: nowMicros, identities }))
}

/** Takes back logins that came to a user, as `provider:externalId`. */
export async function takeBackLogins(
  client: Pick<pg.ClientBase, 'query'>,
  userId: string,
  names: readonly string[],
): Promise<void> {
  await client.query(`DELETE FROM identities WHERE user_id = $1 AND provider || ':' || external_id = ANY($2::text[])`, [
    userId,
    [...names],
  ])
}

/**
 * Of these users those that are as they were brought: not joined with anybody, nobody has signed in, nothing was said
 * since. They are locked until the transaction ends.
 */
export async function lockUntouched(
  client: Pick<pg.ClientBase, 'query'>,
  users: readonly { userId: string; lastSeq: number }[],
): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT u.id FROM unnest($1::uuid[], $2::bigint[]) AS brought(id, last_seq) JOIN users u ON u.id = brought.id
     WHERE u.merged_into IS NULL AND u.seq_base = 1 AND u.last_seq = brought.last_seq
       AND NOT EXISTS (SELECT FROM sessions s WHERE s.user_id = u.id)
       AND NOT EXISTS (SELECT FROM users absorbed WHERE absorbed.merged_into = u.id)
     ORDER BY u.id FOR UPDATE OF u`,
    [users.map(({ userId }) => userId), users.map(({ lastSeq }) => lastSeq)],
  )
  return rows.map(({ id }) => id)
}

/** Takes users back whom nobody has met: with their identities and keys, so that nothing sealed for them opens again. */
export async function takeBackUsers(client: Pick<pg.ClientBase, 'query'>, userIds: readonly string[]): Promise<void> {
  for (const statement of [
    'DELETE FROM identities WHERE user_id = ANY($1::uuid[])',
    'DELETE FROM user_keys WHERE user_id = ANY($1::uuid[])',
    'DELETE FROM users WHERE id = ANY($1::uuid[])',
  ]) {
    await client.query(statement, [[...userIds]])
  }
}

/** The identities of these users, as `provider:externalId`. */
export async function identitiesOfUsers(
  client: Pick<pg.ClientBase, 'query'>,
  userIds: readonly string[],
): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT provider || ':' || external_id AS name FROM identities WHERE user_id = ANY($1::uuid[])`,
    [[...userIds]],
  )
  return rows.map(({ name }) => name)
}
