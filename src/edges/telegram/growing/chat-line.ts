import type { Clock } from '#platform/clock'
import { classifyError, type Failure, isUnchanged } from '../classify-error.ts'
import type { Chat } from './chats.ts'

const CALL_TIMEOUT_MS = 3_000
/** After a call that was not answered as it should be. */
const QUIET_AFTER_FAILURE_MS = 5_000

/** How a call that may be left out ended. */
export type Ending =
  | 'done'
  /** It did not come there; later it may. */
  | 'later'
  /** It may have come there. */
  | 'unclear'
  /** The markup was not understood. */
  | 'markup'
  /** Nothing like it will be taken. */
  | 'refused'
  /** Whoever answers knows no such method. */
  | 'unknown_method'
  /** Nobody is there to see it. */
  | 'nobody'

export interface ChatLine {
  nowMs(): number
  /** From when on something may be sent at all. */
  openMs(): number
  /** From when on a draft or a chat action may be sent. */
  readyMs(): number
  /** Makes a call; never throws, and is over after three seconds. */
  call(deed: (signal: AbortSignal) => Promise<unknown>): Promise<Ending>
  /** The same for drafts and chat actions, which Telegram counts. */
  countedCall(deed: (signal: AbortSignal) => Promise<unknown>): Promise<Ending>
}

/** The way to one chat for what may be lost. What fails makes it quiet for a time, for the next reply too. */
export function openLine({ clock, chat, hungUp }: { clock: Clock; chat: Chat; hungUp: AbortSignal }): ChatLine {
  const nowMs = () => clock.monotonicMs()

  async function call(deed: (signal: AbortSignal) => Promise<unknown>): Promise<Ending> {
    try {
      await deed(AbortSignal.any([hungUp, AbortSignal.timeout(CALL_TIMEOUT_MS)]))
      return 'done'
    } catch (error) {
      if (isUnchanged(error)) return 'done'
      const failure = classifyError(error)
      const ending = endingOf(failure)
      if (ending === 'later' || ending === 'unclear') chat.quietUntilMs = nowMs() + quietMs(failure)
      return ending
    }
  }

  return {
    nowMs,
    openMs: () => chat.quietUntilMs,
    readyMs: () => Math.max(chat.quietUntilMs, chat.bucket.readyMs(nowMs())),
    call,
    async countedCall(deed) {
      const end = chat.bucket.begin(nowMs())
      const ending = await call(deed)
      chat.usedMs = nowMs()
      end(chat.usedMs)
      return ending
    },
  }
}

function quietMs({ outcome }: Failure): number {
  return (outcome.kind === 'retry' && outcome.afterMs) || QUIET_AFTER_FAILURE_MS
}

function endingOf({ reason, outcome }: Failure): Ending {
  switch (reason) {
    case 'markup':
      return 'markup'
    case 'refused':
    case 'chat_unknown':
    case 'our_text':
    case 'our_button':
      return 'refused'
    case 'wrong_address':
      return 'unknown_method'
    case 'blocked':
    case 'deactivated':
    case 'never_started':
    case 'token_revoked':
      return 'nobody'
    default:
      return outcome.kind === 'unknown' ? 'unclear' : 'later'
  }
}
