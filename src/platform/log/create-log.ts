import { type DestinationStream, pino } from 'pino'
import type { ErrorClass } from './describe-error.ts'
import type { LogFields } from './log-fields.ts'
import { shapeFields } from './shape-fields.ts'

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent'

const EVENT = /^[a-z0-9_]+(\.[a-z0-9_]+)*$/

/** Writes one line of JSON per event. `event` is a dotted name of ours, never a sentence. */
export interface Log {
  debug(event: string, fields?: LogFields): void
  info(event: string, fields?: LogFields): void
  warn(event: string, fields?: LogFields): void
  error(event: string, fields?: LogFields): void
  /** The same log with fields that every line repeats. */
  with(fields: LogFields): Log
}

export interface LogOptions {
  level: LogLevel
  /** Where lines go; standard output unless given. */
  destination?: DestinationStream
  /** Error classes whose messages we wrote ourselves and may be read in a log. */
  spokenErrors?: readonly ErrorClass[]
}

/** A log that can only say what `log-fields.ts` allows. */
export function createLog({ level, destination = pino.destination(1), spokenErrors = [] }: LogOptions): Log {
  const writer = pino(
    {
      level,
      base: null,
      messageKey: 'event',
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    destination,
  )
  return wrap({})

  function wrap(repeated: Record<string, unknown>): Log {
    const write =
      (lineLevel: Exclude<LogLevel, 'silent'>) =>
      (event: string, fields: LogFields = {}) => {
        if (!writer.isLevelEnabled(lineLevel)) return
        writer[lineLevel]({ ...repeated, ...shapeFields(fields, spokenErrors) }, EVENT.test(event) ? event : 'unnamed')
      }
    return {
      debug: write('debug'),
      info: write('info'),
      warn: write('warn'),
      error: write('error'),
      with: (fields) => wrap({ ...repeated, ...shapeFields(fields, spokenErrors) }),
    }
  }
}
