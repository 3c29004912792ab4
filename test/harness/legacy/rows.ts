import type pg from 'pg'

/** A row of the legacy `profiles` (contract, Legacy tables). 64-bit numbers are text, times ISO 8601 UTC with microseconds. */
export interface LegacyProfile {
  id: string
  telegram_id: string | null
  email: string | null
  username: string | null
  first_name: string | null
  last_name: string | null
  language_code: string | null
  active_persona: string | null
  created_at: string | null
  last_seen_at: string | null
}

/** A row of `chat_messages`. */
export interface LegacyMessage {
  id: string
  user_id: string | null
  persona: string | null
  role: string | null
  content: string | null
  created_at: string | null
}

export const CREDIT_TYPES = ['basic', 'pro', 'cassandra'] as const
export type CreditType = (typeof CREDIT_TYPES)[number]

/** A row of `user_credits`. */
export interface LegacyCredits extends Record<CreditType, number | null> {
  user_id: string
  updated_at: string | null
}

export interface LegacyRows {
  profiles: LegacyProfile[]
  messages: LegacyMessage[]
  credits: LegacyCredits[]
}

/** A time that is one: PostgreSQL also knows the end and the beginning of all times. */
export function finite(time: string | null): string | null {
  return time?.endsWith('infinity') ? null : time
}

const TABLES = `
  CREATE TABLE profiles (
    id uuid NOT NULL, telegram_id bigint, email text, username text, first_name text, last_name text,
    language_code text, active_persona text, created_at timestamptz, last_seen_at timestamptz
  );
  CREATE TABLE chat_messages (
    id bigint NOT NULL, user_id uuid, persona text, role text, content text, created_at timestamptz
  );
  CREATE TABLE user_credits (
    user_id uuid NOT NULL, basic integer, pro integer, cassandra integer, updated_at timestamptz
  )`

const KEYS = `
  ALTER TABLE profiles ADD PRIMARY KEY (id);
  ALTER TABLE chat_messages ADD PRIMARY KEY (id);
  ALTER TABLE user_credits ADD PRIMARY KEY (user_id);
  ANALYZE`

/** The three tables without their keys, which are cheaper to make once the rows are there. */
export async function createTables(client: pg.ClientBase): Promise<void> {
  await client.query(TABLES)
}

export async function addKeys(client: pg.ClientBase): Promise<void> {
  await client.query(KEYS)
}

/** So many rows in one statement; a few of them may be long. */
const ROWS_AT_ONCE = 500

/** Adds rows to tables that are there, with or without keys: also what the old house writes while it is being moved. */
export async function writeRows(client: pg.ClientBase, { profiles, messages, credits }: LegacyRows): Promise<void> {
  await insert(client, 'profiles', profiles)
  await insert(client, 'chat_messages', messages)
  await insert(client, 'user_credits', credits)
}

async function insert(client: pg.ClientBase, table: string, rows: readonly object[]): Promise<void> {
  for (let first = 0; first < rows.length; first += ROWS_AT_ONCE) {
    await client.query(`INSERT INTO ${table} SELECT * FROM jsonb_populate_recordset(NULL::${table}, $1)`, [
      JSON.stringify(rows.slice(first, first + ROWS_AT_ONCE)),
    ])
  }
}
