import { escapeIdentifier } from 'pg'
import { closestFirst } from './closest.ts'
import { columnsOf, KEY_OF, type Kind, kindOf, type LegacyTable } from './legacy-tables.ts'
import {
  type AskSource,
  findTable,
  listColumns,
  listTables,
  type SourceColumn,
  type SourceTable,
} from './look-at-source.ts'
import type { Mapping } from './mapping.ts'
import { type Expression, readAs, standIn, TYPES_WANTED } from './read-column.ts'

const NAMES_SHOWN_MAX = 12

/** What cannot be placed: where in the mapping, and a sentence. */
export interface Problem {
  place: string
  says: string
}

/** One of our columns: how it is read, and from which column of the source, if from one. */
export interface PlacedColumn {
  kind: Kind
  read: Expression
  from: SourceColumn | null
}

export interface PlacedTable {
  table: LegacyTable
  source: SourceTable
  present: readonly SourceColumn[]
  columns: ReadonlyMap<string, PlacedColumn>
}

/** Finds a table and all its columns in the source. */
export async function placeTable(
  ask: AskSource,
  mapping: Mapping,
  table: LegacyTable,
): Promise<PlacedTable | Problem[]> {
  const { schema, name } = mapping.tables[table]
  const source = await findTable(ask, schema, name)
  if (!source) return [{ place: `tables.${table}.table`, says: await missingTable(ask, schema, name) }]
  if (source.guarded) return [{ place: `tables.${table}.table`, says: hiddenRows(source) }]
  const present = await listColumns(ask, source)
  const columns = new Map<string, PlacedColumn>()
  const problems: Problem[] = []
  for (const column of columnsOf(table)) {
    const placed = placeColumn(mapping, table, column, present)
    if (typeof placed === 'string') problems.push({ place: `tables.${table}.columns.${column}`, says: placed })
    else columns.set(column, placed)
  }
  return problems.length > 0 ? problems : { table, source, present, columns }
}

/** The table as it is written in SQL. */
export function quotedName({ schema, name }: SourceTable): string {
  return `${escapeIdentifier(schema)}.${escapeIdentifier(name)}`
}

/** Our column as it is written in SQL, of the table under an alias if one is given. */
export function quotedColumn({ read, from }: PlacedColumn, alias?: string): string {
  const owner = alias ? `${escapeIdentifier(alias)}.` : ''
  return read(from ? `${owner}${escapeIdentifier(from.name)}` : '')
}

function placeColumn(
  mapping: Mapping,
  table: LegacyTable,
  column: string,
  present: readonly SourceColumn[],
): PlacedColumn | string {
  const kind = kindOf(table, column)
  const source = mapping.tables[table].columns[column] ?? null
  const zone = mapping.timezoneOfTimes
  if (source === null || 'constant' in source) return { kind, read: standIn(kind, source, zone), from: null }
  const from = present.find(({ name }) => name === source.column)
  if (!from) return missingColumn(source.column, present)
  if (!from.readable) return `the column "${from.name}" may not be read by this role: GRANT SELECT on it`
  const read = readAs(kind, from, zone)
  return read
    ? { kind, read, from }
    : `the column "${from.name}" is ${from.shownType}; it must be ${TYPES_WANTED[kind]}`
}

async function missingTable(ask: AskSource, schema: string | null, name: string): Promise<string> {
  const tables = await listTables(ask)
  const written = schema === null ? name : `${schema}.${name}`
  // By name alone first: the right table in another schema is what is most often meant.
  const byName = closestFirst(name, [...new Set(tables.map((table) => table.name))])
  const nearest = byName.flatMap((one) =>
    tables.filter((table) => table.name === one).map((table) => `${table.schema}.${one}`),
  )
  return `there is no table "${written}"; ${listed('there are', nearest, 'there are no tables at all')}`
}

function missingColumn(name: string, present: readonly SourceColumn[]): string {
  const names = closestFirst(
    name,
    present.map((column) => column.name),
  )
  return `there is no column "${name}"; ${listed('there are', names, 'the table has no columns')}`
}

function listed(before: string, names: readonly string[], without: string): string {
  if (names.length === 0) return without
  const shown = names.slice(0, NAMES_SHOWN_MAX).map((name) => `"${name}"`)
  const more = names.length - shown.length
  return `${before} ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

function hiddenRows({ schema, name }: SourceTable): string {
  return `row security hides rows of "${schema}.${name}" from this role: read it as its owner or with a role that has BYPASSRLS`
}

/** The column that a row of this table is known by. */
export function keyColumn({ table, columns }: PlacedTable): PlacedColumn {
  const key = columns.get(KEY_OF[table])
  if (!key) throw new Error(`${table} was placed without its key`)
  return key
}
