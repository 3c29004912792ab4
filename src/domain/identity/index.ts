export {
  type BroughtIdentity,
  type BroughtUser,
  bringLogins,
  bringUsers,
  countUsers,
  type Home,
  identitiesOfUsers,
  lockHome,
  lockUntouched,
  placeHistory,
  takeBackLogins,
  takeBackUsers,
  takenIdentities,
  wasForgotten,
} from './bring-users-store.ts'
export { isOwedTextsNews, readConsents, recordConsent, takeTextsNews } from './consent-store.ts'
export { type DamagedRow, isDamage, type OnDamage, openOrTell } from './damage.ts'
export { type EmailCodeOptions, issueEmailCode, spendEmailCode, tryEmailCode, voidEmailCodes } from './email-code.ts'
export { endHeldSession, endHeldSessions, endSession, endSessionsFor } from './end-session.ts'
export { endUsers, familyOf, isErased } from './erase-user-store.ts'
export { type EstablishedUser, type EstablishOptions, findOrCreateUser } from './find-or-create-user.ts'
export { createSessionFinder, type FoundSession, type SessionFinder } from './find-session.ts'
export { forgetStaleProofs } from './forget-stale-proofs.ts'
export { addIdentity, findIdentity, type KnownIdentity, listIdentities, setReachability } from './identity-store.ts'
export { createKeyRing, type KeyRing } from './key-ring.ts'
export { LegalTextError, type LegalTexts, type LegalVersions, loadLegalTexts } from './legal-texts.ts'
export { historyBounds, type LockedUser, lockUser, nextSeq, rememberPersona } from './lock-user-store.ts'
export { LostKeyError } from './lost-key-error.ts'
export { addressHash, normaliseAddress } from './mail-address.ts'
export { type IdentityJournal, identityPart } from './merge-identity.ts'
export type { Merge, MergePart, PartJournal, Stake, TableFate, UndoShare, UndoTrace } from './merge-part.ts'
export { lockUsers, readOwnKey, rebaseHistory, sessionsOfIdentities, type UserToJoin } from './merge-store.ts'
export { type MessengerAddress, messengerOf } from './messenger-store.ts'
export { lockMinor, unlockMinor } from './minor-lock-store.ts'
export { holdPayments, mayPay, paymentsHeld, unholdPayments } from './payment-hold-store.ts'
export {
  type ErasureFate,
  eraseInTurn,
  type PersonalDataPart,
  type PersonalFile,
  pagedFile,
  wholeFile,
} from './personal-data-part.ts'
export { identityPersonalData } from './personal-identity.ts'
export { spendProof } from './proof-use-store.ts'
export type { ProvenIdentity } from './proven-identity.ts'
export { isQuietHours } from './quiet-hours.ts'
export { type Removal, removeIdentity } from './remove-identity.ts'
export { countKeys, keysAreThrough, type RewrapCounts, rewrapKeys } from './rewrap-keys.ts'
export { createSealedCache, type SealedCache } from './sealed-cache.ts'
export { type SessionInterface, type SessionSummary, sessionLifetimeSeconds } from './session.ts'
export { moveSession, repointSessions } from './session-change-store.ts'
export { freshProofs, recordProof } from './session-proof-store.ts'
export {
  foreignSessions,
  holdsSession,
  listSessions,
  liveSessions,
  livingSessionIds,
  sessionById,
} from './session-store.ts'
export { type NewSession, type StartedSession, startSession } from './start-session.ts'
export { type UserChanges, updateUser } from './update-user.ts'
export { isTimeZone } from './user.ts'
export { readUserRecord, type UserRecord } from './user-record-store.ts'
export { type UserSignal, userTopic } from './user-signal.ts'
export { liveUserId, readDailyCap, readProactive, readUser } from './user-store.ts'
