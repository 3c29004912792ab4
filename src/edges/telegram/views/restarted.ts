import { activeConversation, findConversation, restorableUntil } from '#domain/conversations'
import { readUser } from '#domain/identity'
import { bold } from './formatted.ts'
import { showMain } from './main.ts'
import { talkOf } from './talk-of.ts'
import { dayIn } from './time.ts'
import { label, type ShowView, say, viewOf } from './view.ts'

/** Begun anew, with the way back as long as there is one. `archivedId`: the conversation before. */
export const showRestarted: ShowView = async (deps, at) => {
  const [user, conversation, archived] = await Promise.all([
    readUser(deps.db, at.userId),
    activeConversation(deps.db, at.userId),
    findConversation(deps.db, at.userId, String(at.args.archivedId)),
  ])
  const until = archived && restorableUntil(archived)
  if (!user || !conversation || !archived || !until) return showMain(deps, at)
  const day = dayIn(until, at.locale, user.timezone)
  return viewOf(
    deps,
    at,
    [bold(talkOf(deps, at, conversation).title), '\n\n', say(deps, at, 'restarted', { day })],
    [[{ text: label(deps, at, 'restore'), verb: 'restore', argument: archived.id }]],
  )
}
