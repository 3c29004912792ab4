import { bold } from './formatted.ts'
import { quoteLine } from './quote-line.ts'
import { type ShowView, say, viewOf } from './view.ts'

/** Asks what went wrong with a payment; the app opens an answer to it. */
export const showPaySupport: ShowView = async (deps, at) => ({
  ...viewOf(deps, at, [say(deps, at, 'paysupport')]),
  asks: true,
})

/** An operator's words, under what they answer. `requestId` names both: the texts themselves are private. */
export const showSupportAnswer: ShowView = async (deps, at) => {
  const request = await deps.support.answerOf(at.userId, String(at.args.requestId))
  if (!request) return null
  const question = { text: quoteLine(request.text), as: 'blockquote' as const }
  return viewOf(deps, at, [bold(say(deps, at, 'support-answer')), '\n\n', question, '\n\n', request.answer.trim()])
}
