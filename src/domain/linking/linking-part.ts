import type { MergePart } from '#domain/identity'
import { repointLinks } from './link-store.ts'

/** This room's own part, and what is said about the record that lies below every room. */
export const linkingPart: MergePart = {
  room: 'linking',
  tables: {
    link_tokens: 'moves',
    merges: { stays: 'the journal itself' },
    audit_events: { stays: 'the record of what was done, under the id it was done with' },
  },
  async merge(tx, { absorbedId, survivorId }) {
    await repointLinks(tx, absorbedId, survivorId)
    return {}
  },
  undo: async () => ({}),
}
