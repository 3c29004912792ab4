import { type ButtonOf, type Looking, label, type ViewDeps } from './view.ts'

/** The way back to the menu before. */
export function backTo(deps: ViewDeps, at: Looking, view: string): ButtonOf {
  return { text: label(deps, at, 'back'), verb: 'show', argument: view }
}

/** A choice's words, ticked when it is the present one. */
export function ticked(words: string, chosen: boolean): string {
  return chosen ? `✓ ${words}` : words
}
