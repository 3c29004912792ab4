import type { Kind } from './legacy-tables.ts'

/** `2024-05-01`, or with a time, or with a zone behind it: ISO 8601. */
const TIME = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})?)?$/
const ZONE = /(Z|[+-]\d{2}:\d{2})$/

/** The value that stands for every row as its kind has it, or what it must be. */
export function readConstant(kind: Kind, value: unknown): { value: string | number } | { must: string } {
  if (kind === 'credits') {
    return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
      ? { value }
      : { must: 'a whole number of credits, 0 or more' }
  }
  if (kind === 'time') {
    return typeof value === 'string' && isTime(value)
      ? { value }
      : { must: 'a time such as "2024-05-01" or "2024-05-01T12:00:00Z"' }
  }
  return typeof value === 'string' && value !== '' && value.isWellFormed() && !value.includes('\0')
    ? { value }
    : { must: 'a text; put a number in quotes' }
}

export function hasZone(time: string): boolean {
  return ZONE.test(time.slice('YYYY-MM-DD'.length))
}

/** JavaScript reads 31 February as a day in March, so the day must come back as it was written. */
function isTime(text: string): boolean {
  if (!TIME.test(text) || Number.isNaN(Date.parse(text.replace(' ', 'T')))) return false
  const day = text.slice(0, 'YYYY-MM-DD'.length)
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day)
}
