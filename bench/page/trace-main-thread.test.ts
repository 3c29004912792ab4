import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type TraceEvent, workOfMainThread, workPerFrame } from './trace-main-thread.ts'

const MAIN = { pid: 1, tid: 1 }
const ELSEWHERE = { pid: 1, tid: 2 }
const frame = (ts: number, thread = MAIN): TraceEvent => ({ name: 'BeginMainThreadFrame', ph: 'I', ts, ...thread })
/** On the processor half of the time that it lasts. */
const task = (ts: number, dur: number, thread = MAIN): TraceEvent => ({
  name: 'RunTask',
  ph: 'X',
  ts,
  dur,
  tdur: dur / 2,
  ...thread,
})

test('a frame costs the task that draws it and all others until the next one begins', () => {
  const events = [
    task(0, 500),
    frame(1_100),
    task(1_000, 4_000),
    task(6_000, 2_000),
    task(6_000, 9_000, ELSEWHERE),
    frame(17_200),
    task(17_000, 1_000),
    frame(33_000),
    task(32_900, 700),
  ]
  assert.deepEqual(workPerFrame(events), [
    { cpuMs: 3, lastedMs: 6 },
    { cpuMs: 0.5, lastedMs: 1 },
  ])
})

test('the main thread is the one that draws most frames', () => {
  const events = [frame(0, ELSEWHERE), task(0, 9_000, ELSEWHERE), frame(10), frame(20), task(5, 2_000)]
  assert.deepEqual(workOfMainThread(events), { cpuMs: 1, lastedMs: 2 })
})

test('without frames nothing was measured', () => {
  assert.deepEqual(workPerFrame([task(0, 1_000)]), [])
  assert.deepEqual(workOfMainThread([]), { cpuMs: 0, lastedMs: 0 })
})
