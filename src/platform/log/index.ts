export { createLog, type Log, type LogLevel, type LogOptions } from './create-log.ts'
export { describeError, type ErrorClass, type ErrorDescription } from './describe-error.ts'
export { LOG_FIELDS, type LogFields } from './log-fields.ts'
