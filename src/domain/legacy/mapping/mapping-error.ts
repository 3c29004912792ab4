/** One mistake of a mapping file; `line` counts from 1. */
export interface Mistake {
  line: number
  says: string
}

/** A mapping file that cannot be used. Its message has one line for each mistake: file, line, what is wrong and what is allowed. */
export class MappingError extends Error {
  readonly file: string
  readonly mistakes: readonly Mistake[]

  constructor(file: string, mistakes: readonly Mistake[]) {
    super(mistakes.map(({ line, says }) => `${file}:${line}: ${says}`).join('\n'))
    this.name = 'MappingError'
    this.file = file
    this.mistakes = mistakes
  }
}
