/** No zone is further from UTC than this, before or after any change of its clocks. */
const DAY_MS = 86_400_000

/** What a clock in this zone shows at an instant, as milliseconds that UTC would call the same. */
export function wallAt(instant: Date, zone: string): number {
  const shown = { year: 0, month: 1, day: 1, hour: 0, minute: 0, second: 0 }
  for (const { type, value } of clockOf(zone).formatToParts(instant)) {
    if (Object.hasOwn(shown, type)) shown[type as keyof typeof shown] = Number(value)
  }
  const { year, month, day, hour, minute, second } = shown
  return Date.UTC(year, month - 1, day, hour, minute, second)
}

/**
 * The instant at which clocks in this zone show `wallMs`. A time that comes twice, when clocks are turned back, is its
 * first; one that never comes is the first instant after the gap.
 */
export function instantOf(wallMs: number, zone: string): Date {
  const [before, after] = [wallMs - DAY_MS, wallMs + DAY_MS]
  const offsets = [offsetMs(before, zone), offsetMs(after, zone)]
  const instants = offsets.map((offset) => wallMs - offset).filter((ms) => wallAt(new Date(ms), zone) === wallMs)
  return new Date(instants.length > 0 ? Math.min(...instants) : endOfGap(before, after, zone))
}

/** When the clocks change between these two instants. */
function endOfGap(fromMs: number, toMs: number, zone: string): number {
  const offset = offsetMs(toMs, zone)
  let [before, after] = [fromMs, toMs]
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2)
    if (offsetMs(middle, zone) === offset) after = middle
    else before = middle
  }
  return after
}

function offsetMs(instantMs: number, zone: string): number {
  const wholeSecondMs = Math.floor(instantMs / 1_000) * 1_000
  return wallAt(new Date(wholeSecondMs), zone) - wholeSecondMs
}

/** One per zone, of which there are some hundred: making one costs fifty times more than using it. */
const clocks = new Map<string, Intl.DateTimeFormat>()

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone)
  if (known) return known
  const numeric = 'numeric' as const
  const clock = new Intl.DateTimeFormat('en-US', {
    calendar: 'gregory',
    hourCycle: 'h23',
    timeZone,
    year: numeric,
    month: numeric,
    day: numeric,
    hour: numeric,
    minute: numeric,
    second: numeric,
  })
  clocks.set(timeZone, clock)
  return clock
}
