import type { MergePart } from '#domain/identity'
import { joinDays } from './spending-store.ts'

/** This room's part: joining or parting users never gives anybody a fresh day. */
export const spendingPart: MergePart = {
  room: 'spending',
  tables: { user_days: 'moves' },
  async merge(tx, { absorbedId, survivorId }) {
    await joinDays(tx, absorbedId, survivorId)
    return {}
  },
  undo: async () => ({}),
}
