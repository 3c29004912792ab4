import type { UserSignal } from '#domain/identity'
import type { Live } from '#platform/live'
import type { TokenUse } from '#platform/llm'
import type { Announce } from './announce.ts'
import { followUser } from './follow-user.ts'
import type { Turn } from './turn.ts'

/** Deltas that come faster than a screen refreshes are shown together; the first goes out at once. */
const DELTA_WINDOW_MS = 25

/** A reply while it grows. */
export interface LiveReply {
  /** Tells the pages that a reply begins; one that began before is forgotten. */
  start(): void
  add(delta: string): void
  text(): string
  /** Shows at once what still waits for the next moment: the message that ends the reply must not overtake it. */
  hasten(): void
  /** What was shown so far is forgotten, and this stands in its place. */
  replace(text: string): void
  /** Takes note of what a call to a model took. */
  use(taken: TokenUse): void
  /** What all calls for this reply took, input and output. */
  tokens(): number
  /** The person wants no more of it. */
  stop(): void
  /** Whether the person asked to stop. */
  stopped(): boolean
  stopSignal: AbortSignal
  end(): Promise<void>
}

export interface LiveReplies {
  /** Hears from now on; nothing is shown before `start`. */
  listen(turn: Pick<Turn, 'id' | 'userId'>): Promise<LiveReply>
}

/**
 * Shows growing replies on open pages and hears when to stop. A page that opens in the middle asks on the user's
 * topic, and whoever writes a reply for that user answers that page alone with the text so far.
 */
export function createLiveReplies({ live, announce }: { live: Live; announce: Announce }): LiveReplies {
  return {
    async listen(turn) {
      const stop = new AbortController()
      // A page may ask while we are still about to listen.
      let userId = () => turn.userId
      const growth = createGrowth(createShow(announce, turn.id, () => userId()))
      const user = await followUser(live, turn, hear, () => growth.showAll())
      userId = user.id
      return {
        ...growth,
        ...countTokens(),
        stop: () => stop.abort(),
        stopped: () => stop.signal.aborted,
        stopSignal: stop.signal,
        async end() {
          growth.still()
          await user.leave()
        },
      }

      function hear(signal: UserSignal): void {
        if (signal.kind === 'turn.cancel' && signal.turnId === turn.id) stop.abort()
        if (signal.kind === 'reply.asked') growth.showAll(signal.streamId)
      }
    },
  }
}

function countTokens(): Pick<LiveReply, 'use' | 'tokens'> {
  let all = 0
  return {
    use({ input, output }) {
      all += input + output
    },
    tokens: () => all,
  }
}

/** The text of one reply, and how much of it was shown. */
function createGrowth(show: Show) {
  let text = ''
  let shown = 0
  let timer: NodeJS.Timeout | undefined
  return {
    start: () => show.started(),
    text: () => text,
    still: () => clearTimeout(timer),

    add(more: string): void {
      text += more
      if (timer) return
      flush()
      timer = setTimeout(() => {
        timer = undefined
        flush()
      }, DELTA_WINDOW_MS)
    },

    hasten(): void {
      clearTimeout(timer)
      timer = undefined
      flush()
    },

    replace(other: string): void {
      text = other
      shown = 0
      show.started()
      flush()
    },

    /** To one page, or to all of them. */
    showAll(only?: string): void {
      show.started(only)
      // What waits in the window goes out now, so that the text so far and the next delta fit together.
      flush()
      show.delta(0, text, only)
    },
  }

  function flush(): void {
    if (shown === text.length) return
    show.delta(shown, text.slice(shown))
    shown = text.length
  }
}

type Show = ReturnType<typeof createShow>

/** The events of one growing reply, for all pages of its user or for one. */
function createShow(announce: Announce, turnId: string, userId: () => string) {
  return {
    started(only?: string): void {
      announce.event(userId(), { name: 'reply.started', data: { turnId } }, only)
    },
    delta(offset: number, text: string, only?: string): void {
      if (text === '') return
      announce.event(userId(), { name: 'reply.delta', data: { turnId, offset, text } }, only)
    },
  }
}
