import type { MergePart } from './merge-part.ts'
import { bury, copyConsents, moveIdentities, moveKeys, returnIdentities, revive } from './merge-store.ts'

/** This room's part: identities, keys and what the user chose. Sessions are settled by whoever joins, who knows which one confirmed. */
export const identityPart: MergePart = {
  room: 'identity',
  tables: {
    users: { stays: 'the tombstone, by which an absorbed id still leads to the survivor' },
    identities: 'moves',
    user_keys: 'moves',
    sessions: 'moves',
    consents: { stays: 'what somebody agreed to then; the survivor has agreed to it, too' },
  },
  async merge(tx, { absorbedId, survivorId }) {
    const keyIds = await moveKeys(tx, { fromUserId: absorbedId, toUserId: survivorId })
    const identityIds = await moveIdentities(tx, absorbedId, survivorId)
    await copyConsents(tx, absorbedId, survivorId)
    await bury(tx, absorbedId, survivorId)
    return { identityIds, keyIds }
  },
  async undo(tx, { absorbedId, survivorId }, journal) {
    const { identityIds, keyIds } = journal as unknown as IdentityJournal
    await returnIdentities(tx, identityIds, survivorId, absorbedId)
    await moveKeys(tx, { fromUserId: survivorId, toUserId: absorbedId, only: keyIds })
    await revive(tx, absorbedId, survivorId)
    return {}
  },
}

export interface IdentityJournal {
  identityIds: string[]
  keyIds: string[]
}
