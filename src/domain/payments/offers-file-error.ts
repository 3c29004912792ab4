/** A file of offers that cannot be used. `line` counts from 1. */
export class OffersFileError extends Error {
  override name = 'OffersFileError'
  readonly file: string
  readonly line: number

  constructor(file: string, line: number, reason: string) {
    super(`${file}:${line}: ${reason}`)
    this.file = file
    this.line = line
  }
}
