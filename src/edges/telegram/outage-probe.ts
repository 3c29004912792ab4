import { type Api, GrammyError, HttpError } from 'grammy'
import type { Clock } from '#platform/clock'
import type { Log } from '#platform/log'
import { classifyError, type Reason } from './classify-error.ts'

const PROBE_TIMEOUT_MS = 3_000
/** Many chats fail at once; one look serves them all for this long. */
const KNOWN_FOR_MS = 2_000
const PAUSE_MIN_MS = 2_000
const PAUSE_MAX_MS = 30_000
/** How soon to ask again while a look is under way. */
const LOOKING_MS = 100
/** Refusals of the plainest call: nothing else will be answered either until an operator has mended it. */
const NO_WAY_IN: readonly number[] = [401, 404, 409]

/** Whether the Bot API as a whole is away: whether even the plainest call (getMe) gets no proper answer. */
export interface OutageProbe {
  /** How long to leave it alone, in milliseconds; 0 while it answers. When a pause is over, asking begins the next look. */
  awayForMs(): number
  /** A call failed in a way that may be all of it: looks, and gives whether it is away. */
  suspect(): Promise<boolean>
  /** A call was answered: whatever was thought, it is there. */
  answered(): void
}

export interface OutageProbeDeps {
  api: Api
  clock: Clock
  log: Log
  /** Told when it goes and when it is back. */
  onChange(away: boolean): void
}

type Found = { away: false } | { away: true; reason: Reason }

/** Nothing runs by itself: whoever asks drives it, so that a process that sends nothing asks nothing. */
export function createOutageProbe({ api, clock, log, onChange }: OutageProbeDeps): OutageProbe {
  let away: { sinceMs: number; pauseMs: number; nextLookMs: number } | null = null
  let looking: Promise<boolean> | null = null
  let foundMs = Number.NEGATIVE_INFINITY
  onChange(false)
  return {
    awayForMs() {
      if (!away) return 0
      const leftMs = Math.ceil(away.nextLookMs - clock.monotonicMs())
      if (leftMs > 0) return leftMs
      void look()
      return LOOKING_MS
    },
    async suspect() {
      if (looking) return looking
      if (away && clock.monotonicMs() < away.nextLookMs) return true
      return clock.monotonicMs() - foundMs < KNOWN_FOR_MS ? away !== null : look()
    },
    answered: comeBack,
  }

  function look(): Promise<boolean> {
    looking ??= probe(api).then((found) => {
      looking = null
      foundMs = clock.monotonicMs()
      if (found.away) stayAway(found.reason)
      else comeBack()
      return found.away
    })
    return looking
  }

  function stayAway(reason: Reason): void {
    const nowMs = clock.monotonicMs()
    if (!away) {
      log.error('channel.away', { channel: 'telegram', reason })
      onChange(true)
    }
    const pauseMs = away ? Math.min(away.pauseMs * 2, PAUSE_MAX_MS) : PAUSE_MIN_MS
    away = { sinceMs: away?.sinceMs ?? nowMs, pauseMs, nextLookMs: nowMs + pauseMs }
  }

  function comeBack(): void {
    if (!away) return
    log.info('channel.back', { channel: 'telegram', durationMs: Math.round(clock.monotonicMs() - away.sinceMs) })
    away = null
    onChange(false)
  }
}

async function probe(api: Api): Promise<Found> {
  try {
    await api.getMe(AbortSignal.timeout(PROBE_TIMEOUT_MS) as never)
    return { away: false }
  } catch (error) {
    const { reason } = classifyError(error)
    const noWayIn = error instanceof GrammyError && (error.error_code >= 500 || NO_WAY_IN.includes(error.error_code))
    return noWayIn || error instanceof HttpError ? { away: true, reason } : { away: false }
  }
}
