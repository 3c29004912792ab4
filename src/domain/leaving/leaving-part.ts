import type { MergePart } from '#domain/identity'
import { callOffErasures, voidExports } from './leaving-store.ts'

/** This room's part: a wish to be forgotten was about one of two, and an export would hold half; both are asked for anew. */
export const leavingPart: MergePart = {
  room: 'leaving',
  tables: { erasures: 'moves', exports: 'moves' },
  async merge(tx, { absorbedId, survivorId }) {
    await callOffErasures(tx, [absorbedId, survivorId])
    for (const userId of [absorbedId, survivorId]) await voidExports(tx, userId)
    return {}
  },
  async undo(tx, { absorbedId, survivorId }) {
    await callOffErasures(tx, [absorbedId, survivorId])
    await voidExports(tx, survivorId)
    return {}
  },
}
