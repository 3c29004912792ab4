import pg from 'pg'
import { createVault } from '#platform/vault'
import { atEnd, type Scope } from '../scope.ts'
import { MASTER_KEY } from '../vitte.ts'
import { CREDIT_TYPES } from './rows.ts'
import type { CreditSums, TrueOutcome } from './truth.ts'

/** A line of the history as it lies in the new house; times as in the old one, ISO 8601 UTC with microseconds. */
export interface ArrivedLine {
  seq: number
  role: string
  text: string
  at: string
  place: string
  /** The companion's name where it is kept, its id where it is offered. */
  persona: string
}

export interface ArrivedTalk {
  persona: string
  status: string
  startedAt: string
  archivedAt: string | null
}

/** Somebody as they live in the new house. */
export interface Inhabitant {
  id: string
  name: string
  locale: string
  /** The first and the last place of the history. */
  seqs: [base: number, last: number]
  lastPersona: string | null
  createdAt: string
  spokeAt: string | null
  /** `telegram:5`, `email:one@example.org`. */
  identities: string[]
  talks: ArrivedTalk[]
  lines: ArrivedLine[]
  credits: CreditSums
}

export type Target = ReturnType<typeof targetOf>

/** The new house, looked at from behind: with what is sealed opened. The connection is closed after the test. */
export async function readTarget(scope: Scope, connectionString: string): Promise<Target> {
  const client = new pg.Client({ connectionString, application_name: 'test-harness' })
  await client.connect()
  atEnd(scope, () => client.end())
  return targetOf(client)
}

function targetOf(client: pg.Client) {
  const ask = async <Row extends object>(statement: string, values: unknown[] = []) =>
    (await client.query<Row>(statement, values)).rows

  /** A hash of everything in each table but these. */
  async function fingerprint(...without: string[]): Promise<Record<string, string>> {
    const tables = await ask<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1`,
    )
    const prints: Record<string, string> = {}
    for (const { name } of tables.filter(({ name }) => !without.includes(name))) {
      const [found] = await ask<{ print: string }>(
        `SELECT count(*) || ' ' || md5(coalesce(string_agg(md5(t::text), '' ORDER BY md5(t::text)), '')) AS print FROM ${name} t`,
      )
      prints[name] = found?.print ?? ''
    }
    return prints
  }

  return { ask, fingerprint, inhabitants: () => inhabitants(ask), outcomes: () => outcomes(ask) }
}

type Ask = <Row extends object>(statement: string, values?: unknown[]) => Promise<Row[]>

/** What became of rows that were not taken as they are, in the order of `inOrder`; runs that were taken back left aside. */
async function outcomes(ask: Ask): Promise<TrueOutcome[]> {
  const rows = await ask<TrueOutcome>(
    `SELECT source_table AS "table", key, outcome, reason FROM legacy_rows
     WHERE run_id IN (SELECT id FROM legacy_runs WHERE state <> 'rolled_back')`,
  )
  return inOrder(rows)
}

/** Sorted so that two lists of the same rows are equal. */
export function inOrder<Row>(rows: readonly Row[]): Row[] {
  const word = new Map(rows.map((row) => [row, JSON.stringify(row)]))
  return rows.toSorted((one, other) => ((word.get(one) ?? '') < (word.get(other) ?? '') ? -1 : 1))
}

const micros = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`
const PERSONA = `CASE WHEN p.withdrawn_at IS NULL THEN p.id ELSE v.content #>> '{ru,name}' END`
const PERSONA_OF_TALK = `personas p ON p.id = c.persona_id
  JOIN persona_versions v ON v.persona_id = c.persona_id AND v.version = c.persona_version`

/** Everybody by their id, whoever was joined with somebody else left aside. */
async function inhabitants(ask: Ask): Promise<Inhabitant[]> {
  const byUser = async <Row extends object>(statement: string) =>
    Map.groupBy(await ask<Row & { user: string }>(statement), ({ user }) => user)
  const users = await ask<Omit<Inhabitant, 'identities' | 'talks' | 'lines' | 'credits' | 'seqs'> & Seqs>(
    `SELECT id, display_name AS name, locale, seq_base::integer AS base, last_seq::integer AS last,
       last_persona_id AS "lastPersona", ${micros('created_at')} AS "createdAt", ${micros('spoke_at')} AS "spokeAt"
     FROM users WHERE merged_into IS NULL ORDER BY id`,
  )
  const identities = await byUser<{ name: string }>(
    `SELECT user_id AS "user", provider || ':' || external_id AS name FROM identities ORDER BY external_id`,
  )
  const talks = await byUser<ArrivedTalk>(
    `SELECT c.user_id AS "user", ${PERSONA} AS persona, c.status, ${micros('c.started_at')} AS "startedAt",
       ${micros('c.archived_at')} AS "archivedAt"
     FROM conversations c JOIN ${PERSONA_OF_TALK} ORDER BY 1, 2, 3, 4`,
  )
  const credits = await byUser<{ type: keyof CreditSums; available: number }>(
    'SELECT user_id AS "user", type, available FROM credit_balances',
  )
  const lines = Map.groupBy(await openedLines(ask), ({ user }) => user)
  return users.map(({ base, last, ...user }) => ({
    ...user,
    seqs: [base, last],
    identities: identities.get(user.id)?.map(({ name }) => name) ?? [],
    talks: talks.get(user.id)?.map(({ user: _, ...talk }) => talk) ?? [],
    lines: lines.get(user.id)?.map(({ user: _, ...line }) => line) ?? [],
    credits: purse(credits.get(user.id) ?? []),
  }))
}

interface Seqs {
  base: number
  last: number
}

function purse(rows: readonly { type: keyof CreditSums; available: number }[]): CreditSums {
  const sums: CreditSums = { basic: 0, pro: 0, cassandra: 0 }
  for (const type of CREDIT_TYPES) sums[type] = rows.find((row) => row.type === type)?.available ?? 0
  return sums
}

interface SealedLine extends Omit<ArrivedLine, 'text'> {
  user: string
  id: string
  sealed: Buffer
  keyId: string
  wrapped: Buffer
}

async function openedLines(ask: Ask): Promise<(ArrivedLine & { user: string })[]> {
  const vault = createVault({ masterKey: Buffer.from(MASTER_KEY, 'base64') })
  const rows = await ask<SealedLine>(
    `SELECT m.user_id AS "user", m.id, m.seq::integer AS seq, m.role, m.sealed_text AS sealed, k.id AS "keyId",
       k.wrapped_key AS wrapped, ${micros('m.created_at')} AS at, m.channel || ' ' || m.interface AS place, ${PERSONA} AS persona
     FROM messages m JOIN users u ON u.id = m.user_id JOIN user_keys k ON k.id = u.key_id
       JOIN conversations c ON c.user_id = m.user_id AND c.id = m.conversation_id JOIN ${PERSONA_OF_TALK}
     ORDER BY m.user_id, m.seq`,
  )
  return rows.map(({ id, sealed, keyId, wrapped, ...line }) => ({
    ...line,
    text: vault.open(vault.unwrap(keyId, wrapped), { table: 'messages', id }, sealed),
  }))
}
