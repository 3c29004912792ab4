import type { Locale } from '#contract/words'
import { aheadRefusal } from './ahead.ts'
import { shortForm } from './short-form.ts'
import { spokenTime } from './spoken-time.ts'
import { instantOf, wallAt } from './wall-clock.ts'

/** Of people whose zone nobody knows; only times for which no zone matters are read by it. */
const ANY_ZONE = 'UTC'

export interface Reading {
  now: Date
  /** Null: nobody knows where the person is. */
  zone: string | null
  /** Decides what may be read in two ways, as 5/6/2027. */
  locale: Locale
}

export type WhenRefusal = 'unreadable' | 'zone_unknown' | 'past' | 'too_far'
export type When = { at: Date; text: string } | { refused: WhenRefusal }

/**
 * Reads when somebody wants to be reminded, and of what: `10m tea`, `завтра в 9:00 кофе`, `call them in two hours`.
 * The text may be empty.
 */
export function readWhen(written: string, { now, zone, locale }: Reading): When {
  const line = written.trim()
  const short = shortForm(line)
  if (short) return ahead(now.getTime() + short.afterMs, line.slice(short.length), now)
  const nowWallMs = wallAt(now, zone ?? ANY_ZONE)
  const spoken = spokenTime(line, nowWallMs, locale)
  if (!spoken) return { refused: 'unreadable' }
  const { rest, wallMs, means, offsetMinutes } = spoken
  if (means === 'instant') return ahead(now.getTime() + wallMs - nowWallMs, rest, now)
  if (offsetMinutes !== null) return ahead(wallMs - offsetMinutes * 60_000, rest, now)
  if (means === 'clock' && zone === null) return { refused: 'zone_unknown' }
  if (aheadRefusal(new Date(wallMs), now) === 'too_far') return { refused: 'too_far' }
  return ahead(instantOf(wallMs, zone ?? ANY_ZONE).getTime(), rest, now)
}

function ahead(atMs: number, rest: string, now: Date): When {
  const at = new Date(atMs)
  const refused = aheadRefusal(at, now)
  return refused ? { refused } : { at, text: rest.replace(/^[\s,.:;—–-]+/u, '').trim() }
}
