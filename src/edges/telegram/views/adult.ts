import { label, type ShowView, say, viewOf } from './view.ts'

/** 18+ comes before anything else; it also says what this is. */
export const showAdult: ShowView = async (deps, at) =>
  viewOf(deps, at, [say(deps, at, 'adult-required')], [[{ text: label(deps, at, 'adult'), verb: 'adult' }]])
