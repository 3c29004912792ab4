import { describeError, type ErrorClass } from './describe-error.ts'
import { type FieldKind, LOG_FIELDS, type LogFields } from './log-fields.ts'

const ID = /^[\w.:-]{1,80}$/
const WORD = /^[\w.:/{}*@-]{1,120}$/
const PLACE_MAX_LENGTH = 300
const DROPPED = '[dropped]'

/** Keeps what the allow-list knows and what looks as it should; everything else is left out. */
export function shapeFields(fields: LogFields, spoken: readonly ErrorClass[]): Record<string, unknown> {
  const shaped: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined || value === null || !Object.hasOwn(LOG_FIELDS, name)) continue
    shaped[name] = shapeValue(LOG_FIELDS[name as keyof typeof LOG_FIELDS], value, spoken)
  }
  return shaped
}

function shapeValue(kind: FieldKind, value: unknown, spoken: readonly ErrorClass[]): unknown {
  switch (kind) {
    case 'id':
      return (typeof value === 'string' || typeof value === 'number') && ID.test(String(value)) ? value : DROPPED
    case 'word':
      return typeof value === 'string' && WORD.test(value) ? value : DROPPED
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) ? value : DROPPED
    case 'flag':
      return typeof value === 'boolean' ? value : DROPPED
    case 'place':
      return typeof value === 'string' ? shapePlace(value) : DROPPED
    case 'error':
      return describeError(value, spoken)
  }
}

function shapePlace(place: string): string {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(place)) return place.slice(0, PLACE_MAX_LENGTH)
  const url = URL.parse(place)
  return url === null ? DROPPED : `${url.protocol}//${url.host}${url.pathname}`.slice(0, PLACE_MAX_LENGTH)
}
