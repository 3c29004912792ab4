import type { MergePart } from '#domain/identity'

/** This room's part: what an import brought to whom stays as it was written down. */
export const legacyPart: MergePart = {
  room: 'legacy',
  tables: {
    legacy_profiles: { stays: 'says whom a profile of the old system became; a tombstone leads on to the survivor' },
    legacy_shares: { stays: 'says what a run brought, and lines that were joined with others are proven no more' },
  },
  merge: async () => ({}),
  undo: async () => ({}),
}
