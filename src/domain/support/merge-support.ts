import type { MergePart } from '#domain/identity'
import { moveRequests } from './request-store.ts'

/** This room's part: a request follows the person who asked, and goes back with them. */
export const supportPart: MergePart = {
  room: 'support',
  tables: { support_requests: 'moves' },
  async merge(tx, { absorbedId, survivorId }) {
    const requests = await moveRequests(tx, {
      from: absorbedId,
      to: survivorId,
      mergedFrom: absorbedId,
      only: null,
    })
    return { requests }
  },
  async undo(tx, { absorbedId, survivorId }, { requests }) {
    const only = Array.isArray(requests) ? requests.map(String) : []
    await moveRequests(tx, { from: survivorId, to: absorbedId, mergedFrom: null, only })
    return {}
  },
}
