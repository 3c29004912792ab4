import { activeConversation, findConversation, isRestorable } from '#domain/conversations'
import { bold } from './formatted.ts'
import { showMain } from './main.ts'
import { talkOf } from './talk-of.ts'
import { label, type ShowView, say, viewOf } from './view.ts'

/** The talk goes on. */
export const showContinued: ShowView = async (deps, at) => {
  const conversation = await activeConversation(deps.db, at.userId)
  if (!conversation) return showMain(deps, at)
  const { title, name } = talkOf(deps, at, conversation)
  return viewOf(deps, at, [bold(title), '\n', say(deps, at, 'continued', { name })])
}

/** The one before is the active one again; `leftId` is the one that was put away for it, with the way back to it. */
export const showRestored: ShowView = async (deps, at) => {
  const [conversation, left] = await Promise.all([
    activeConversation(deps.db, at.userId),
    at.args.leftId ? findConversation(deps.db, at.userId, String(at.args.leftId)) : null,
  ])
  if (!conversation) return showMain(deps, at)
  const back = { text: label(deps, at, 'restore-left'), verb: 'restore' as const, argument: left?.id ?? '' }
  const pieces = [bold(talkOf(deps, at, conversation).title), '\n', say(deps, at, 'restored')]
  return viewOf(deps, at, pieces, left && isRestorable(left) ? [[back]] : [])
}

/** It was archived too long ago. */
export const showGone: ShowView = async (deps, at) =>
  viewOf(deps, at, [say(deps, at, 'gone')], [[{ text: label(deps, at, 'chat'), verb: 'chat' }]])

/** A companion who is not offered any more cannot be begun with anew; the present conversation stays. */
export const showWithdrawn: ShowView = async (deps, at) => {
  const conversation = await activeConversation(deps.db, at.userId)
  if (!conversation) return showMain(deps, at)
  const { id, title, withName } = talkOf(deps, at, conversation)
  return viewOf(
    deps,
    at,
    [bold(title), '\n\n', say(deps, at, 'withdrawn', { name: withName })],
    [
      [{ text: label(deps, at, 'continue'), verb: 'continue', argument: id }],
      [{ text: label(deps, at, 'choose-other'), opens: '/characters' }],
    ],
  )
}
