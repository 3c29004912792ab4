import type { LinkPreview, Me } from '#contract/api'
import { ApiError } from '../api/api-error.ts'
import type { WaitingCode } from './kept-code.ts'

/** Where somebody stands with a link. Only `confirm` changes anything, and only a press leads to it. */
export type LinkState =
  | { at: 'loading' }
  | { at: 'missing' }
  | { at: 'preview'; preview: LinkPreview }
  /** This session has proven no login lately. */
  | { at: 'proof' }
  | { at: 'code'; waiting: WaitingCode }
  | { at: 'linked' }
  | { at: 'dead'; code: string }
  /** Nobody answered, or too often: the link is as good as before. */
  | { at: 'failed'; error: unknown }

const DEAD = new Set([404, 409, 410])

/** What an error of preview or confirmation means for the link. */
export function stateAfter(error: unknown): LinkState {
  if (!(error instanceof ApiError)) return { at: 'failed', error }
  if (error.code === 'not_fresh') return { at: 'proof' }
  return DEAD.has(error.status) ? { at: 'dead', code: error.code } : { at: 'failed', error }
}

/** Whether there is nothing left to do for a dead link: this very Telegram is with this user already. */
export function isDone(code: string, me: Me): boolean {
  const hasTelegram = me.identities.some(({ channel }) => channel === 'telegram')
  return code === 'telegram_already_linked' ? hasTelegram : code === 'used' && isJoined(me)
}

/** Whether one person has come in by Telegram and by the web: then the joining has happened. */
export function isJoined(me: Me): boolean {
  const channels = new Set(me.identities.map(({ channel }) => channel))
  return channels.has('telegram') && channels.has('web')
}
