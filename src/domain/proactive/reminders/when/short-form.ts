const SECOND_MS = 1_000
const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

const UNITS: readonly [RegExp, number][] = [
  [/^(?:s|secs?|с|сек)$/iu, SECOND_MS],
  [/^(?:m|mins?|м|мин)$/iu, MINUTE_MS],
  [/^(?:h|hrs?|ч)$/iu, HOUR_MS],
  [/^(?:d|days?|д|дн)$/iu, DAY_MS],
]
const NUMBERED = /^(?:через\s+|in\s+)?(?<count>\d{1,9})\s?(?<unit>[a-zа-я]{1,4})\.?(?=$|[\s\d,:;—–-])/iu
/** What follows it in "1ч 30м". */
const SMALLER = /^\s?(?<count>\d{1,9})\s?(?<unit>[a-zа-я]{1,4})\.?(?=$|[\s,:;—–-])/iu
/** Said in a way that chrono takes for one hour, or for none. */
const AND_A_HALF =
  /^(?:через\s+полтора\s+часа|через\s+час\s+с\s+половиной|in\s+an\s+hour\s+and\s+a\s+half)(?=$|[\s,:;—–-])/iu
const AND_A_HALF_MS = 1.5 * HOUR_MS

/** How long from now, and how much of the line says so. */
interface ShortForm {
  afterMs: number
  length: number
}

/** `30s`, `10m`, `2h`, `3d`, `10 мин`, `1ч 30м`, "in an hour and a half". */
export function shortForm(line: string): ShortForm | null {
  const half = AND_A_HALF.exec(line)
  if (half) return { afterMs: AND_A_HALF_MS, length: half[0].length }
  const first = counted(NUMBERED, line)
  const more = first && counted(SMALLER, line.slice(first.length))
  if (!first) return null
  if (more && more.unitMs < first.unitMs) {
    return { afterMs: first.afterMs + more.afterMs, length: first.length + more.length }
  }
  // "10m5": no unit ends there.
  return /^\d/.test(line.slice(first.length)) ? null : first
}

function counted(form: RegExp, line: string): (ShortForm & { unitMs: number }) | null {
  const found = form.exec(line)
  const { count = '', unit = '' } = found?.groups ?? {}
  const unitMs = UNITS.find(([word]) => word.test(unit))?.[1]
  return found && unitMs ? { afterMs: Number(count) * unitMs, length: found[0].length, unitMs } : null
}
