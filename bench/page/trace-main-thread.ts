import type { Browser, Page } from 'playwright-core'

/** What Chromium calls one task of a thread, and the moment at which a frame begins on the main thread. */
const TASK = 'RunTask'
const FRAME = 'BeginMainThreadFrame'
const CATEGORIES = ['disabled-by-default-devtools.timeline', 'disabled-by-default-devtools.timeline.frame']
const MICROSECONDS_PER_MS = 1_000

/** One event of the Trace Event Format; `X` is a complete one, with how long it took and how much of the processor. */
export interface TraceEvent {
  name: string
  ph: string
  ts: number
  dur?: number
  tdur?: number
  pid: number
  tid: number
}

/** Work of one stretch of time. A machine with much else to do makes it last longer, not more. */
export interface Work {
  cpuMs: number
  lastedMs: number
}

/** Records what Chromium does while the deed runs. */
export async function trace(browser: Browser, page: Page, deed: () => Promise<unknown>): Promise<TraceEvent[]> {
  await browser.startTracing(page, { categories: CATEGORIES })
  await deed()
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] }
  return traceEvents
}

/** All that the main thread did that draws the page. */
export function workOfMainThread(events: readonly TraceEvent[]): Work {
  const frames = framesOf(events)
  return sum(tasksOf(events, frames[0]))
}

/**
 * What the main thread did from one frame's beginning to the next: script, style, layout and paint of that frame and
 * all tasks beside them.
 */
export function workPerFrame(events: readonly TraceEvent[]): Work[] {
  const frames = framesOf(events)
  const tasks = tasksOf(events, frames[0])
  let next = tasks.findIndex((task) => endOf(task) > (frames[0]?.ts ?? 0))
  return frames.slice(1).map(({ ts: end }) => {
    const from = next
    // The task in which a frame begins is the one that draws it: it ends after that, and is the next frame's.
    while (next < tasks.length && endOf(tasks[next]) <= end) next += 1
    return sum(tasks.slice(from, next))
  })
}

/** Frames of the thread that draws most of them: another window may have drawn one too. */
function framesOf(events: readonly TraceEvent[]): TraceEvent[] {
  const byThread = Object.values(
    Object.groupBy(
      events.filter(({ name }) => name === FRAME),
      ({ pid, tid }) => `${pid} ${tid}`,
    ),
  )
  const [most = []] = byThread.toSorted((one, other) => (other?.length ?? 0) - (one?.length ?? 0))
  return most.toSorted((one, other) => one.ts - other.ts)
}

function tasksOf(events: readonly TraceEvent[], frame: TraceEvent | undefined): TraceEvent[] {
  return events
    .filter(({ name, ph, pid, tid }) => name === TASK && ph === 'X' && pid === frame?.pid && tid === frame.tid)
    .toSorted((one, other) => one.ts - other.ts)
}

function endOf(event: TraceEvent | undefined): number {
  return (event?.ts ?? 0) + (event?.dur ?? 0)
}

function sum(tasks: readonly TraceEvent[]): Work {
  const of = (read: (task: TraceEvent) => number | undefined) =>
    tasks.reduce((all, task) => all + (read(task) ?? 0), 0) / MICROSECONDS_PER_MS
  return { cpuMs: of(({ tdur }) => tdur), lastedMs: of(({ dur }) => dur) }
}
