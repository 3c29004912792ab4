/** The old house cannot be read: a sentence for the operator, without a password. */
export class SourceError extends Error {
  override readonly name = 'SourceError'
}
