import cliProgress from 'cli-progress'

/** How often a plain line says how far it is, where there is no terminal. */
const LINE_EVERY_MS = 5_000
const SECOND_MS = 1_000
const MINUTE_SECONDS = 60

export interface Progress {
  /** How many lines there are to be read, as soon as it is known; null when nobody can say. */
  expect(lines: number | null): void
  add(rows: { users: number; lines: number }): void
  /** Says the last state; what it came to. */
  end(): Reached
}

export interface Reached {
  users: number
  lines: number
  seconds: number
  /** Lines a second. */
  rate: number
}

interface ProgressOptions {
  stream?: NodeJS.WritableStream & { isTTY?: boolean }
  nowMs?: () => number
}

/** A bar on a terminal, plain lines elsewhere: users, lines, lines a second, and the time left where the end is known. */
export function showProgress({
  stream = process.stdout,
  nowMs = () => performance.now(),
}: ProgressOptions = {}): Progress {
  const startMs = nowMs()
  let total: number | null = null
  let [users, lines, saidMs] = [0, 0, startMs]
  let bar: cliProgress.SingleBar | null = null
  return { expect, add, end }

  function expect(expected: number | null): void {
    total = expected
    bar?.stop()
    bar = null
    if (stream.isTTY) bar = startBar(stream, { total, ...reached() })
  }

  function add(rows: { users: number; lines: number }): void {
    users += rows.users
    lines += rows.lines
    if (stream.isTTY && !bar) expect(total)
    bar?.update(lines, payloadOf({ total, ...reached() }))
    if (bar || nowMs() - saidMs < LINE_EVERY_MS) return
    saidMs = nowMs()
    stream.write(`${lineOf({ total, ...reached() })}\n`)
  }

  function end(): Reached {
    const last = reached()
    bar?.stop()
    bar = null
    stream.write(`${lineOf({ total: null, ...last })}\n`)
    return last
  }

  function reached(): Reached {
    const seconds = (nowMs() - startMs) / SECOND_MS
    return { users, lines, seconds, rate: seconds > 0 ? Math.round(lines / seconds) : 0 }
  }
}

type State = Reached & { total: number | null }

function startBar(stream: NodeJS.WritableStream, state: State): cliProgress.SingleBar {
  const known = '{bar} {percentage}% | {value} of {total} lines | {users} users | {rate}/s | {left} left'
  const unknown = '{value} lines | {users} users | {rate}/s'
  const bar = new cliProgress.SingleBar({
    stream,
    format: state.total === null ? unknown : known,
    formatValue: (value, _, type) => (type === 'percentage' ? String(value) : figure(value)),
    barsize: 24,
    hideCursor: true,
  })
  bar.start(state.total ?? 0, state.lines, payloadOf(state))
  return bar
}

function payloadOf(state: State): Record<string, string> {
  return { users: figure(state.users), rate: figure(state.rate), left: leftOf(state) ?? '?' }
}

function lineOf(state: State): string {
  const of = state.total === null ? '' : ` of ${figure(state.total)}`
  const left = leftOf(state)
  return [
    `${figure(state.users)} users`,
    `${figure(state.lines)}${of} lines`,
    `${figure(state.rate)} lines a second`,
    ...(left ? [`${left} left`] : []),
  ].join(', ')
}

/** As long as it took so far for as much; null when nobody can say. */
function leftOf({ total, lines, rate }: State): string | null {
  if (total === null || rate === 0) return null
  const seconds = Math.ceil(Math.max(0, total - lines) / rate)
  const minutes = Math.floor(seconds / MINUTE_SECONDS)
  return minutes > 0 ? `${minutes} min ${seconds % MINUTE_SECONDS} s` : `${seconds} s`
}

function figure(value: number): string {
  return value.toLocaleString('en-US')
}
