import { activeConversation, listConversations } from '#domain/conversations'
import { readUser } from '#domain/identity'
import { currentPrice } from '#domain/personas'
import { showAdult } from './adult.ts'
import { amountInWords } from './credits.ts'
import { bold } from './formatted.ts'
import { talkOf } from './talk-of.ts'
import { label, type ShowView, say, viewOf } from './view.ts'

/** "Continue with …?", or the way to the companions when there is nothing to continue. */
export const showChat: ShowView = async (deps, at) => {
  const user = await readUser(deps.db, at.userId)
  if (!user) return null
  if (!user.adultConfirmedAt) return showAdult(deps, at)
  const conversation = await activeConversation(deps.db, user.id)
  if (!conversation) return showChoose(deps, at)
  const { id, title, withName } = talkOf(deps, at, conversation)
  const price = amountInWords(deps, at, await currentPrice(deps.db, conversation.personaId))
  return viewOf(
    deps,
    at,
    [bold(title), '\n', say(deps, at, 'price', { price }), '\n\n', say(deps, at, 'chat', { name: withName })],
    [
      [{ text: label(deps, at, 'continue'), verb: 'continue', argument: id }],
      [{ text: label(deps, at, 'restart'), verb: 'restart', argument: id }],
    ],
  )
}

/** Whom to talk to is chosen in the Mini App. */
export const showChoose: ShowView = async (deps, at) => {
  const [last] = await listConversations(deps.db, at.userId, 1)
  const before = last ? [say(deps, at, 'choose-last', { name: talkOf(deps, at, last).withName }), '\n\n'] : []
  const choose = { text: label(deps, at, 'choose'), opens: '/characters' }
  return viewOf(deps, at, [...before, say(deps, at, 'no-conversation')], [[choose]])
}
