import type { Note } from '../rules/note.ts'

/** What became of a row, for whoever reads the page. */
export const OUTCOME_WORDS: Record<Note['outcome'], string> = {
  rejected: 'left out',
  repaired: 'repaired',
  merged: 'merged',
}

/** Why, and what was done. */
export const REASON_WORDS: Record<Note['reason'], string> = {
  no_identity: 'Neither a Telegram id nor a mail: nobody could ever sign in.',
  same_person: 'The same Telegram id or mail as another profile: both became one person.',
  telegram_id_invalid: 'This can be no Telegram id; it was left away, and the rest stays.',
  email_invalid: 'This can be no mail; it was left away, and the rest stays.',
  identity_taken: 'The mail belongs to somebody else with a Telegram of their own; it was left with them.',
  null_time: 'There was no time; that of its neighbour was taken, or that of the run for a profile.',
  orphan: 'The profile that it belongs to is missing, or was left out itself.',
  forgotten: 'Whoever this became here has asked to be forgotten since: nothing of theirs is brought again.',
  empty_content: 'There was nothing in it but blanks.',
  unknown_role: 'The mapping does not have this word among its roles.',
  unknown_persona: 'The companion does not exist here; the talk was kept under her name and can be read.',
  null_persona: 'No companion was named; it was put to the one that the person had chosen, or to the default one.',
  negative_credits: 'Less than nothing was counted as nothing.',
  null_credits: 'What was empty was counted as nothing.',
  invalid_credits: 'More than anybody can have was counted as nothing.',
}
