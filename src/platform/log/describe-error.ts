/** An error class of ours whose messages are written by us and therefore fit to be read in a log. */
export type ErrorClass = abstract new (...args: never[]) => Error

export interface ErrorDescription {
  class: string
  code?: string
  message?: string
  stack?: string[]
  cause?: ErrorDescription
}

const FRAMES_MAX = 12
const CAUSES_MAX = 3
const MESSAGE_MAX_LENGTH = 500
const CODE = /^[\w.:-]{1,64}$/
/** `at name (place:line:column)` or `at place:line:column`, nothing looser: a message may contain look-alikes. */
const FRAME =
  /^ {4}at (?:(?:async |new )*[\w$.<>#[\] ]{1,120} \()?((?:file:\/\/|node:|\/|[A-Za-z]:\\)[^()\s]+:\d+:\d+)\)?$/

/**
 * What may be said of an error: its class, its code and where it happened. Its message only when its class is one of
 * `spoken`, because messages of drivers and libraries quote what they were given.
 */
export function describeError(error: unknown, spoken: readonly ErrorClass[], depth = 1): ErrorDescription {
  if (!(error instanceof Error)) return { class: error === null ? 'null' : typeof error }
  const described: ErrorDescription = { class: className(error) }
  const code = (error as { code?: unknown }).code
  if ((typeof code === 'string' && CODE.test(code)) || typeof code === 'number') described.code = String(code)
  if (spoken.some((known) => error instanceof known)) described.message = error.message.slice(0, MESSAGE_MAX_LENGTH)
  const stack = frames(error)
  if (stack.length > 0) described.stack = stack
  if (error.cause !== undefined && depth < CAUSES_MAX) described.cause = describeError(error.cause, spoken, depth + 1)
  return described
}

function className(error: Error): string {
  const name = error.constructor?.name
  return name && CODE.test(name) ? name : 'Error'
}

function frames(error: Error): string[] {
  if (typeof error.stack !== 'string') return []
  // The stack begins with the message; cut it off rather than trust the pattern alone.
  const messageAt = error.message === '' ? -1 : error.stack.indexOf(error.message)
  const trace = messageAt === -1 ? error.stack : error.stack.slice(messageAt + error.message.length)
  return trace
    .split('\n')
    .filter((line) => FRAME.test(line))
    .slice(0, FRAMES_MAX)
    .map((line) =>
      line
        .trim()
        .slice('at '.length)
        .replace(/(?:file:\/\/)?(?:\/|[A-Za-z]:\\)[^()\s]*?[/\\](?=(src|node_modules|test|sandbox|bench)[/\\])/, ''),
    )
}
