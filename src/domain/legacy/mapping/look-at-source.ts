/** Asks the source (`Source.query`): rows as lists of values, each the text that PostgreSQL writes. */
export type AskSource = (statement: string, values?: unknown[]) => Promise<readonly (readonly (string | null)[])[]>

export interface SourceTable {
  /** As `regclass` numbers it. */
  oid: string
  schema: string
  name: string
  /** Row security is on for whoever asks: some rows are hidden from them, without a word. */
  guarded: boolean
}

export interface SourceColumn {
  name: string
  /** Type in PostgreSQL's catalogue, that of the base for a domain: `int8`, `timestamptz`. */
  type: string
  /** `pg_type.typcategory`: S strings, E enumerations, … */
  category: string
  /** Type as people write it. */
  shownType: string
  readable: boolean
  /** The database itself sees to it that every row has one of its own. */
  isKey: boolean
}

const TABLES_SEEN_MAX = 1_000

const TRUE = 't'

/** Tables, views and what else can be read like them; without a schema the first on the search path. Null: there is none. */
export async function findTable(ask: AskSource, schema: string | null, name: string): Promise<SourceTable | null> {
  const [found] = await ask(
    `SELECT c.oid, n.nspname, row_security_active(c.oid)
     FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.relname::text = $1
       AND CASE WHEN $2::text IS NULL THEN n.nspname = ANY (current_schemas(true)) ELSE n.nspname::text = $2 END
     ORDER BY array_position(current_schemas(true), n.nspname) LIMIT 1`,
    [name, schema],
  )
  if (!found) return null
  const [oid, foundIn, guarded] = found
  return { oid: oid ?? '', schema: foundIn ?? '', name, guarded: guarded === TRUE }
}

/** What could have been meant: names of all tables that are not PostgreSQL's own, with their schemas. */
export async function listTables(ask: AskSource): Promise<{ schema: string; name: string }[]> {
  const rows = await ask(
    `SELECT n.nspname, c.relname
     FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
     ORDER BY 1, 2 LIMIT $1`,
    [TABLES_SEEN_MAX],
  )
  return rows.map(([schema, name]) => ({ schema: schema ?? '', name: name ?? '' }))
}

/** In the order in which the table has them. */
export async function listColumns(ask: AskSource, { oid }: SourceTable): Promise<SourceColumn[]> {
  const rows = await ask(
    `WITH RECURSIVE bases (number, type) AS (
       SELECT attnum, atttypid FROM pg_catalog.pg_attribute
       WHERE attrelid = $1::text::oid AND attnum > 0 AND NOT attisdropped
       UNION ALL
       SELECT b.number, t.typbasetype FROM bases b JOIN pg_catalog.pg_type t ON t.oid = b.type WHERE t.typtype = 'd'
     ), indexes AS (
       SELECT indkey[0] AS number, bool_or(indisunique AND indnkeyatts = 1) AS single
       FROM pg_catalog.pg_index WHERE indrelid = $1::text::oid AND indisvalid AND indpred IS NULL GROUP BY 1
     )
     SELECT a.attname, t.typname, t.typcategory, format_type(a.atttypid, a.atttypmod),
       has_schema_privilege(c.relnamespace, 'USAGE') AND has_column_privilege(c.oid, a.attnum, 'SELECT'),
       coalesce(i.single, false) AND a.attnotnull
     FROM pg_catalog.pg_attribute a
     JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
     JOIN bases b ON b.number = a.attnum
     JOIN pg_catalog.pg_type t ON t.oid = b.type AND t.typtype <> 'd'
     LEFT JOIN indexes i ON i.number = a.attnum
     WHERE a.attrelid = $1::text::oid ORDER BY a.attnum`,
    [oid],
  )
  return rows.map(([name, type, category, shownType, readable, isKey]) => ({
    name: name ?? '',
    type: type ?? '',
    category: category ?? '',
    shownType: shownType ?? '',
    readable: readable === TRUE,
    isKey: isKey === TRUE,
  }))
}

/** The names of all time zones that the source knows. */
export async function listTimezones(ask: AskSource): Promise<string[]> {
  const rows = await ask('SELECT name FROM pg_catalog.pg_timezone_names ORDER BY 1')
  return rows.map(([name]) => name ?? '')
}
