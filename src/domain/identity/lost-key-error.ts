/** A data key that a row was sealed with is not there: the user was deleted, or the row is not theirs. */
export class LostKeyError extends Error {
  override name = 'LostKeyError'
}
