/** The tables of the old house. */
export type SourceTable = 'profiles' | 'chat_messages' | 'user_credits'

/** Why a row was not taken as it is. */
export type Reason =
  | 'no_identity'
  | 'same_person'
  | 'telegram_id_invalid'
  | 'email_invalid'
  | 'identity_taken'
  | 'null_time'
  | 'orphan'
  | 'forgotten'
  | 'empty_content'
  | 'unknown_role'
  | 'unknown_persona'
  | 'null_persona'
  | 'negative_credits'
  | 'null_credits'
  | 'invalid_credits'

/** What became of one row of the old house; rows without a note were taken as they are. */
export interface Note {
  table: SourceTable
  key: string
  outcome: 'rejected' | 'repaired' | 'merged'
  reason: Reason
}

/** Takes notes; many, so they are not kept together. */
export type TakeNote = (note: Note) => void
