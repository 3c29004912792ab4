import type { MergePart } from '#domain/identity'
import { endReadings, moveReadings, returnReadings } from './readings-store.ts'

/**
 * This room's part: who has read a talk goes with the talk. What is open ends, on both sides: the talk is another one
 * now, and half of those whom it belongs to were told nothing.
 */
export const readingsPart: MergePart = {
  room: 'readings',
  tables: { readings: 'moves' },
  async merge(tx, { absorbedId, survivorId }) {
    await endReadings(tx, absorbedId)
    await endReadings(tx, survivorId)
    await moveReadings(tx, absorbedId, survivorId)
    return {}
  },
  async undo(tx, { absorbedId, survivorId }) {
    await endReadings(tx, survivorId)
    await returnReadings(tx, absorbedId, survivorId)
    return {}
  },
}
