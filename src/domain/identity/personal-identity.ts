import { readConsents, readLogins, readProfile, readSessions } from './erase-user-store.ts'
import { type PersonalDataPart, wholeFile } from './personal-data-part.ts'

/** This room's part: who somebody is goes with the first step; what is left to take away here is nothing. */
export const identityPersonalData: PersonalDataPart = {
  room: 'identity',
  tables: {
    users: { stays: 'an empty row, for the payments and the audit that name its id' },
    user_keys: 'erased',
    identities: 'erased',
    sessions: 'erased',
    consents: 'erased',
  },
  files: [
    wholeFile('profile', readProfile),
    wholeFile('identities', readLogins),
    wholeFile('sessions', readSessions),
    wholeFile('consents', readConsents),
  ],
  // `endUsers` has taken all of it before anybody comes here.
  erase: async () => 0,
}
