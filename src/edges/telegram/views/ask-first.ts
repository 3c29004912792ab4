import { readProactive } from '#domain/identity'
import { label, type ShowView, say, viewOf } from './view.ts'

/** Asks once whether the companion may write first. Chosen elsewhere meanwhile: what was chosen. */
export const showAskFirst: ShowView = async (deps, at) => {
  const { enabled } = await readProactive(deps.db, at.userId)
  if (enabled !== null) return showFirstChosen(deps, at)
  const choice = (argument: 'yes' | 'no') => ({
    text: label(deps, at, `ask-${argument}`),
    verb: 'consent' as const,
    argument,
  })
  return viewOf(deps, at, [say(deps, at, 'ask-first')], [[choice('yes'), choice('no')]])
}

/** What stands in its place once it is answered. */
export const showFirstChosen: ShowView = async (deps, at) => {
  const { enabled } = await readProactive(deps.db, at.userId)
  return viewOf(deps, at, [say(deps, at, enabled ? 'first-chosen-yes' : 'first-chosen-no')])
}
