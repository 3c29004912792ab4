/** A file of texts that cannot be used. `line` counts from 1. */
export class TextFileError extends Error {
  override readonly name = 'TextFileError'
  readonly file: string
  readonly line: number

  constructor(file: string, line: number, reason: string) {
    super(`${file}:${line}: ${reason}`)
    this.file = file
    this.line = line
  }
}
