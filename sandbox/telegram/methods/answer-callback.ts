import { flag, text } from '../params.ts'
import { badRequest } from '../refusal.ts'
import type { Method } from './method.ts'

const ANSWER_MAX_LENGTH = 200

/** Bot API answerCallbackQuery. */
export const answerCallbackQuery: Method = (world, params) => {
  const words = text(params, 'text')
  if (words && words.length > ANSWER_MAX_LENGTH) throw badRequest('MESSAGE_TOO_LONG')
  const url = text(params, 'url')
  const queryId = text(params, 'callback_query_id')
  const { personId } = world.callbacks.answer(queryId, {
    ...(words ? { text: words } : {}),
    ...(flag(params, 'show_alert') ? { showAlert: true } : {}),
    ...(url ? { url } : {}),
  })
  world.signals.emit({ kind: 'callback', personId, queryId: queryId ?? '' })
  return true
}
