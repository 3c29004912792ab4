import type { MergePart } from '#domain/identity'
import {
  endWriting,
  giveEngagement,
  lockEngagements,
  moveInitiatives,
  returnInitiatives,
  takeEngagement,
} from './merge-proactive-store.ts'

/**
 * This room's part: what was said first goes with its lines. A person has one plan: the survivor's stays, and the
 * absorbed one's, where there is none, becomes it. At an undo whoever had one plans anew, and nothing is said that was
 * written from what both of them remembered. Plans are locked before what was said is moved: who plans ahead has locked
 * a plan when it notes something about its user.
 */
export const proactivePart: MergePart = {
  room: 'proactive',
  tables: { engagements: 'moves', initiatives: 'moves' },
  async merge(tx, { absorbedId, survivorId }) {
    await lockEngagements(tx, [absorbedId, survivorId])
    const wanted = await takeEngagement(tx, absorbedId)
    if (wanted) await giveEngagement(tx, survivorId)
    await moveInitiatives(tx, absorbedId, survivorId)
    return { wanted }
  },
  async undo(tx, { absorbedId, survivorId }, { wanted }) {
    await lockEngagements(tx, [absorbedId, survivorId])
    await endWriting(tx, survivorId)
    if (wanted === true) await giveEngagement(tx, absorbedId)
    await returnInitiatives(tx, absorbedId, survivorId)
    return {}
  },
}
