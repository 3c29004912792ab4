import type { DifferenceKind } from './difference-store.ts'

/** Payments that were taken and could not be booked. */
export const PARKED_KINDS: readonly DifferenceKind[] = [
  'unknown_order',
  'wrong_sum',
  'wrong_currency',
  'wrong_person',
  'user_gone',
]
