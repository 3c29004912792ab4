import type { MergePart } from '#domain/identity'
import { moveReadings, returnReadings } from './readings-store.ts'

/** This room's part: who has read a talk goes with the talk. */
export const readingsPart: MergePart = {
  room: 'readings',
  tables: { readings: 'moves' },
  async merge(tx, { absorbedId, survivorId }) {
    await moveReadings(tx, absorbedId, survivorId)
    return {}
  },
  async undo(tx, { absorbedId, survivorId }) {
    await returnReadings(tx, absorbedId, survivorId)
    return {}
  },
}
