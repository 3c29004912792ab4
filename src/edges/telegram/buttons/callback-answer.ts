import type { BotDeps } from '../visit.ts'
import type { ButtonUpdate } from './press.ts'

/** Telegram's apps let the button turn until it is answered, and give it up after a while of their own. */
const PATIENCE_MS = 3_000
const ANSWER_TIMEOUT_MS = 5_000

/**
 * The one answer that Telegram takes for a press (Bot API answerCallbackQuery). When what was pressed takes long, it is
 * given by itself: a kind word now is worth more than the right one too late.
 */
export function callbackAnswer({ api, texts, log }: Pick<BotDeps, 'api' | 'texts' | 'log'>, update: ButtonUpdate) {
  let given: Promise<void> | undefined
  const slow = setTimeout(() => void beSlow(), PATIENCE_MS)

  async function send(text: string | null): Promise<void> {
    try {
      const within = AbortSignal.timeout(ANSWER_TIMEOUT_MS) as never
      await api.answerCallbackQuery(update.callbackId, text === null ? {} : { text }, within)
    } catch (error) {
      log.debug('telegram.courtesy_failed', { error })
    }
  }

  function give(text: string | null): Promise<void> {
    clearTimeout(slow)
    given ??= send(text)
    return given
  }

  function beSlow(): Promise<void> {
    return give(texts.say(update.person.locale, 'answer-slow'))
  }

  return { give, beSlow }
}
