import type { Placed } from '../mapping/check-mapping.ts'
import { columnsOf, type LegacyColumn, type LegacyTable } from '../mapping/legacy-tables.ts'
import type { Views } from './statements.ts'

/** Each table of the old house as a sub-select whose columns bear our names and types. */
export function viewsOf(placed: Placed): Views {
  return { view }

  function view(table: LegacyTable): string {
    const columns = columnsOf(table).map(
      (column) => `${placed.expressionOf(table, column as LegacyColumn, 'row')} AS ${column}`,
    )
    return `(SELECT ${columns.join(', ')} FROM ${placed.nameOf(table)} AS row)`
  }
}
