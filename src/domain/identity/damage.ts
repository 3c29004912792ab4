import { VaultError } from '#platform/vault'
import { LostKeyError } from './lost-key-error.ts'

/** A sealed row that does not open. */
export interface DamagedRow {
  table: string
  id: string
  userId: string
}

/** Hears of rows that do not open; for operators. */
export type OnDamage = (row: DamagedRow) => void

/** Whether a row cannot be opened: changed, moved to another place, or its key is gone. */
export function isDamage(error: unknown): boolean {
  return error instanceof VaultError || error instanceof LostKeyError
}

/** Opens a row, or says that it is damaged and gives null. */
export async function openOrTell<T>(row: DamagedRow, onDamage: OnDamage, open: () => Promise<T>): Promise<T | null> {
  try {
    return await open()
  } catch (error) {
    if (!isDamage(error)) throw error
    onDamage(row)
    return null
  }
}
