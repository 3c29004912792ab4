import { readUser } from '#domain/identity'
import { closedText } from '#domain/replies'
import { label, type ShowView, say, viewOf } from './view.ts'

/** 18+ comes before anything else; it also says what this is, and what is agreed to. Who said to be under 18 is not asked again. */
export const showAdult: ShowView = async (deps, at) => {
  const user = await readUser(deps.db, at.userId)
  if (user?.minorLockedAt) return viewOf(deps, at, [closedText(deps.texts, user)])
  const texts = { terms: `${deps.siteUrl}/terms`, privacy: `${deps.siteUrl}/privacy` }
  return viewOf(
    deps,
    at,
    [say(deps, at, 'adult-required', texts)],
    [[{ text: label(deps, at, 'adult'), verb: 'adult' }]],
  )
}
