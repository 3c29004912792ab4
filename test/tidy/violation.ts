/** One place where the house is not as its rules say. */
export interface Violation {
  path: string
  /** From 1; a file as a whole stands at line 1. */
  line: number
  reason: string
}

export function printViolation({ path, line, reason }: Violation): string {
  return `${path}:${line} ${reason}`
}
