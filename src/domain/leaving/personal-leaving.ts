import type { PersonalDataPart } from '#domain/identity'
import { eraseExports } from './export-store.ts'

/** This room's own part: that somebody was forgotten is what it remembers. */
export const leavingPersonalData: PersonalDataPart = {
  room: 'leaving',
  tables: {
    erasures: { stays: 'says who has to go again after a backup was put back: an id and two times' },
    exports: 'erased',
  },
  erase: (tx, userIds) => eraseExports(tx, userIds),
}
