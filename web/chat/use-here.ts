import type { Interface } from '#contract/words'
import { useTelegram } from '../telegram/telegram-context.tsx'

/** Which interface this page is. */
export function useHere(): Exclude<Interface, 'bot'> {
  return useTelegram() ? 'webapp' : 'browser'
}
