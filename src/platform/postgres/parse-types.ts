import pg from 'pg'

const INT8_OID = 20
const DATE_OID = 1082
const INT8_ARRAY_OID = 1016
const DATE_ARRAY_OID = 1182

type Parse = (text: string) => unknown

/** `timestamptz` becomes a Date as usual; a bare `date` stays text, since a Date would move it by the time zone. */
const OWN_PARSERS = new Map<number, Parse>([
  [INT8_OID, parseSafeInteger],
  [INT8_ARRAY_OID, (text) => parseArray(text, parseSafeInteger)],
  [DATE_OID, (text) => text],
  [DATE_ARRAY_OID, (text) => parseArray(text, (element) => element)],
])

/** Type parsers for our own connections only; pg's global ones stay untouched for everybody else in the process. */
export const parsedTypes: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    (format !== 'binary' && OWN_PARSERS.get(oid)) ||
    pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
}

function parseSafeInteger(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError('a bigint from the database exceeds 2^53 - 1')
  return value
}

/** One-dimensional arrays of plain numbers and dates need no quoting, which keeps this to a split. */
function parseArray(text: string, parseElement: Parse): unknown[] {
  const inner = text.slice(1, -1)
  return inner === '' ? [] : inner.split(',').map((element) => (element === 'NULL' ? null : parseElement(element)))
}
