/** A persona file that cannot be used. `line` counts from 1. */
export class PersonaFileError extends Error {
  readonly file: string
  readonly line: number
  readonly reason: string

  constructor(file: string, line: number, reason: string) {
    super(`${file}:${line}: ${reason}`)
    this.name = 'PersonaFileError'
    this.file = file
    this.line = line
    this.reason = reason
  }
}
