import type { Range } from './places-of.ts'
import type { Node } from './read-markdown.ts'
import type { Writing } from './writing.ts'

/** What is read, and where it is written. */
export interface Page {
  source: string
  writing: Writing
  /** Addresses by the names that `[text][name]` gives them. */
  links: ReadonlyMap<string, string>
}

export type Of<Type extends Node['type']> = Extract<Node, { type: Type }>

/** Where a node stands in the source. */
export function rangeOf({ position }: Node): Range {
  return { start: position?.start.offset ?? 0, end: position?.end.offset ?? 0 }
}
