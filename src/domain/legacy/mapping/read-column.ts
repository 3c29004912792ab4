import { escapeLiteral } from 'pg'
import type { Kind } from './legacy-tables.ts'
import type { SourceColumn } from './look-at-source.ts'
import type { ColumnSource } from './mapping.ts'
import { hasZone } from './read-constant.ts'

/** SQL that reads a value as its kind; given the quoted name of the column in the source. */
export type Expression = (column: string) => string

const SQL_TYPES: Record<Kind, string> = {
  uuid: 'uuid',
  bigint: 'bigint',
  digits: 'text',
  text: 'text',
  time: 'timestamptz',
  credits: 'bigint',
}
const WHOLE = ['int2', 'int4', 'int8']
const READ_AS_TEXT = [...WHOLE, 'uuid', 'bool']
const STRINGS = 'S'
const ENUMERATIONS = 'E'
/** With or without hyphens, as PostgreSQL takes it. */
const UUID_PATTERN = '^[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}$'

/** What a column's type must be, for the sentence about one that cannot be read. */
export const TYPES_WANTED: Record<Kind, string> = {
  uuid: 'uuid or text',
  bigint: 'smallint, integer or bigint',
  digits: 'smallint, integer, bigint, numeric or text',
  text: 'text, an enumeration, integer, boolean or uuid',
  time: 'timestamptz, timestamp or date',
  credits: 'smallint, integer, bigint or numeric',
}

/** One value for every row, or none. */
export function standIn(kind: Kind, source: Exclude<ColumnSource, { column: string }>, zone: string): Expression {
  if (source === null) return () => `NULL::${SQL_TYPES[kind]}`
  const literal = escapeLiteral(String(source.constant))
  if (kind !== 'time' || hasZone(String(source.constant))) return () => `${literal}::${SQL_TYPES[kind]}`
  return () => inZone(`${literal}::timestamp`, zone)
}

/** Null: a column of this type cannot be read as this kind. */
export function readAs(kind: Kind, { type, category }: SourceColumn, zone: string): Expression | null {
  switch (kind) {
    case 'uuid':
      return readUuid(type, category)
    case 'bigint':
      if (type === 'int8') return (x) => x
      return WHOLE.includes(type) ? (x) => `${x}::bigint` : null
    case 'digits':
      if (type === 'numeric') return wholeAsText
      if (WHOLE.includes(type)) return (x) => `${x}::text`
      return category === STRINGS ? (x) => `nullif(btrim(${x}::text), '')` : null
    case 'text':
      if (type === 'text') return (x) => x
      return category === STRINGS || category === ENUMERATIONS || READ_AS_TEXT.includes(type)
        ? (x) => `${x}::text`
        : null
    case 'time':
      return readTime(type, zone)
    case 'credits':
      // A fraction stops the statement: rounding it would lose credits without a word.
      if (type === 'numeric') return (x) => `(${wholeAsText(x)})::bigint`
      return WHOLE.includes(type) ? (x) => `${x}::bigint` : null
  }
}

/** What is no uuid is read as none, so that it is told as a row that belongs to nobody. */
function readUuid(type: string, category: string): Expression | null {
  if (type === 'uuid') return (x) => x
  if (category !== STRINGS) return null
  return (x) => `CASE WHEN btrim(${x}::text) ~* '${UUID_PATTERN}' THEN btrim(${x}::text)::uuid END`
}

function readTime(type: string, zone: string): Expression | null {
  if (type === 'timestamptz') return (x) => x
  if (type === 'timestamp') return (x) => inZone(x, zone)
  return type === 'date' ? (x) => inZone(`${x}::timestamp`, zone) : null
}

function inZone(time: string, zone: string): string {
  return `(${time} AT TIME ZONE ${escapeLiteral(zone)})`
}

/** `5.00` is 5, `5.5` stays what it is. */
function wholeAsText(x: string): string {
  return `CASE WHEN ${x} = trunc(${x}) THEN trunc(${x})::text ELSE ${x}::text END`
}
