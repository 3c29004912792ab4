import { readUser } from '#domain/identity'
import { crisisText } from '#domain/replies'
import { type ShowView, viewOf } from './view.ts'

/** Help lines for who wrote of danger before there was a companion to answer; `topic`: what they are for. */
export const showCrisis: ShowView = async (deps, at) => {
  const user = await readUser(deps.db, at.userId)
  if (!user) return null
  const topic = at.args.topic === 'violence' ? 'violence' : 'self_harm'
  return viewOf(deps, at, [crisisText(deps.texts, topic, { ...user, closed: user.minorLockedAt !== null })])
}
