import { KEY_OF } from './legacy-tables.ts'
import type { AskSource } from './look-at-source.ts'
import { keyColumn, type PlacedTable, type Problem, quotedColumn, quotedName } from './place-columns.ts'

/** Looks into the rows where the types alone do not promise what the import relies on: keys, and whole credits. */
export async function checkRows(ask: AskSource, table: PlacedTable): Promise<Problem[]> {
  return [...(await checkKey(ask, table)), ...(await checkFractions(ask, table))]
}

/** Two rows with one key could not be told apart in the report, and one without any could not be named there. */
async function checkKey(ask: AskSource, placed: PlacedTable): Promise<Problem[]> {
  const key = keyColumn(placed)
  const keptByType = key.from?.isKey && key.from.category !== 'S'
  if (keptByType) return []
  const [counted] = await ask(
    `SELECT count(*) FILTER (WHERE key IS NULL), (count(key) - count(DISTINCT key))
     FROM (SELECT ${quotedColumn(key)} AS key FROM ${quotedName(placed.source)}) AS keys`,
  )
  const column = KEY_OF[placed.table]
  const place = `tables.${placed.table}.columns.${column}`
  const wanted = key.kind === 'uuid' ? 'empty or no uuid' : 'empty'
  const [nameless, repeated] = counted ?? []
  const problems: Problem[] = []
  if (nameless !== '0') {
    problems.push({
      place,
      says: `rows whose "${key.from?.name}" is ${wanted}: ${nameless}; every row needs one`,
    })
  }
  if (repeated !== '0') {
    problems.push({ place, says: `rows whose "${key.from?.name}" another row has too: ${repeated}` })
  }
  return problems
}

async function checkFractions(ask: AskSource, placed: PlacedTable): Promise<Problem[]> {
  const problems: Problem[] = []
  for (const [column, { kind, from }] of placed.columns) {
    if (kind !== 'credits' || from?.type !== 'numeric') continue
    const name = quotedColumn({ kind, from, read: (x) => x })
    // Infinity is its own whole part, and a bigint neither way.
    const [counted] = await ask(
      `SELECT count(*) FROM ${quotedName(placed.source)}
       WHERE ${name} <> trunc(${name}) OR NOT ${name} BETWEEN -9223372036854775808 AND 9223372036854775807`,
    )
    const broken = counted?.[0]
    if (broken === '0') continue
    problems.push({
      place: `tables.${placed.table}.columns.${column}`,
      says: `rows whose "${from.name}" is no whole number of credits: ${broken}; map a view that says how to round`,
    })
  }
  return problems
}
