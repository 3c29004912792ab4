import { activeConversation } from '#domain/conversations'
import { readUser } from '#domain/identity'
import { showAdult } from './adult.ts'
import { bold } from './formatted.ts'
import { talkOf } from './talk-of.ts'
import { type ButtonOf, label, type ShowView, say, viewOf } from './view.ts'

/** Where the person stands: 18+ first, then a companion, then the menu. */
export const showMain: ShowView = async (deps, at) => {
  const user = await readUser(deps.db, at.userId)
  if (!user) return null
  if (!user.adultConfirmedAt) return showAdult(deps, at)
  const menu = (name: string): ButtonOf => ({ text: label(deps, at, name), verb: 'show', argument: name })
  const conversation = await activeConversation(deps.db, user.id)
  if (!conversation) {
    const choose = { text: label(deps, at, 'choose'), opens: '/characters' }
    return viewOf(deps, at, [say(deps, at, 'main-choose')], [[choose], [menu('settings'), menu('help')]])
  }
  return viewOf(
    deps,
    at,
    [bold(talkOf(deps, at, conversation).title), '\n', say(deps, at, 'main')],
    [
      [{ text: label(deps, at, 'chat'), verb: 'chat' }],
      [menu('memory'), menu('settings')],
      [menu('credits'), menu('help')],
      [{ text: label(deps, at, 'open'), opens: '' }],
    ],
  )
}
