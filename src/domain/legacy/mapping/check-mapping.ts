import { checkRows } from './check-rows.ts'
import { closestFirst } from './closest.ts'
import { type LegacyColumn, type LegacyTable, TABLE_NAMES } from './legacy-tables.ts'
import { type AskSource, listTimezones } from './look-at-source.ts'
import type { Mapping } from './mapping.ts'
import { type PlacedTable, type Problem, placeTable, quotedColumn, quotedName } from './place-columns.ts'

const ZONES_SHOWN_MAX = 5

/** A source in which everything of the mapping has its place. */
export interface Placed {
  /** The table as it is written in SQL, quoted, with its schema. */
  nameOf(table: LegacyTable): string
  /**
   * SQL that reads one of our columns as its type (legacy-tables.ts), null where the source has none. `alias` is the
   * name that the statement gives to the table.
   */
  expressionOf<T extends LegacyTable>(table: T, column: LegacyColumn<T>, alias?: string): string
  /** Sentences for whoever looks: what the mapping leaves behind. */
  notes: readonly string[]
}

/** Compares a mapping with the source and names everything that cannot be placed. Only reads. */
export async function checkMapping(ask: AskSource, mapping: Mapping): Promise<Placed | Problem[]> {
  const problems = await checkTimezone(ask, mapping.timezoneOfTimes)
  const tables = new Map<LegacyTable, PlacedTable>()
  for (const table of TABLE_NAMES) {
    const found = await placeTable(ask, mapping, table)
    if (Array.isArray(found)) problems.push(...found)
    else tables.set(table, found)
  }
  // The rows are read with the zone, which the source must know first.
  if (problems.length > 0) return problems
  for (const placed of tables.values()) problems.push(...(await checkRows(ask, placed)))
  return problems.length > 0 ? problems : placedFrom(tables)
}

/** Personas that the mapping leads to and that are not offered. `offered`: ids of the catalogue. */
export function checkPersonas(mapping: Mapping, offered: readonly string[]): Problem[] {
  const named = Object.entries(mapping.personas).map(([word, id]) => ({ place: `personas.${word}`, id }))
  if (mapping.defaultPersona !== null) named.push({ place: 'default_persona', id: mapping.defaultPersona })
  return named
    .filter(({ id }) => !offered.includes(id))
    .map(({ place, id }) => ({
      place,
      says: `there is no persona "${id}"; there are ${closestFirst(id, offered).join(', ')}`,
    }))
}

async function checkTimezone(ask: AskSource, zone: string): Promise<Problem[]> {
  const known = await listTimezones(ask)
  if (known.some((name) => name.toLowerCase() === zone.toLowerCase())) return []
  const nearest = closestFirst(zone, known).slice(0, ZONES_SHOWN_MAX)
  return [
    { place: 'timezone_of_times', says: `the source knows no time zone "${zone}"; nearest are ${nearest.join(', ')}` },
  ]
}

function placedFrom(tables: ReadonlyMap<LegacyTable, PlacedTable>): Placed {
  const at = (table: LegacyTable) => {
    const placed = tables.get(table)
    if (!placed) throw new Error(`${table} was not placed`)
    return placed
  }
  return {
    nameOf: (table) => quotedName(at(table).source),
    expressionOf(table, column, alias) {
      const placed = at(table).columns.get(column)
      if (!placed) throw new Error(`${table}.${column} was not placed`)
      return quotedColumn(placed, alias)
    },
    notes: notesOn([...tables.values()]),
  }
}

function notesOn(tables: readonly PlacedTable[]): string[] {
  const notes: string[] = []
  for (const source of new Set(tables.map(({ source }) => quotedName(source)))) {
    const alike = tables.filter((placed) => quotedName(placed.source) === source)
    const taken = new Set(alike.flatMap(({ columns }) => [...columns.values()].map(({ from }) => from?.name)))
    const left = (alike[0]?.present ?? []).filter(({ name }) => !taken.has(name)).map(({ name }) => `"${name}"`)
    if (left.length > 0) notes.push(`${source}: nothing takes ${left.join(', ')}; it stays behind`)
  }
  return notes
}
