/** A file in safety/ that cannot be used. `line` counts from 1. */
export class SafetyFileError extends Error {
  override name = 'SafetyFileError'
  readonly file: string
  readonly line: number

  constructor(file: string, line: number, reason: string) {
    super(`${file}:${line}: ${reason}`)
    this.file = file
    this.line = line
  }
}
