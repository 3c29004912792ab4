import { type ShowView, say, viewOf } from './view.ts'

/** A sentence with nothing to press; `key` as in the texts. */
export function sentence(key: string): ShowView {
  return async (deps, at) => viewOf(deps, at, [say(deps, at, key, at.args)])
}
