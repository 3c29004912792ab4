import assert from 'node:assert/strict'
import { Writable } from 'node:stream'
import { test } from 'node:test'
import { showProgress } from './show-progress.ts'

/** Where somebody looks, and a clock that goes when it is told to. */
function watched({ isTTY }: { isTTY: boolean }) {
  let seen = ''
  let now = 1_000
  const sink = new Writable({
    write(chunk, _, done) {
      seen += String(chunk)
      done()
    },
  })
  const stream = Object.assign(sink, { isTTY, columns: 120 })
  const shown = showProgress({ stream, nowMs: () => now })
  return {
    shown,
    pass: (seconds: number) => {
      now += seconds * 1_000
    },
    text: () => seen,
    lines: () => seen.split('\n').filter((line) => line !== ''),
  }
}

test('without a terminal a line comes every five seconds, with the time left', () => {
  const { shown, pass, lines } = watched({ isTTY: false })
  shown.expect(10_000)
  for (let chunk = 0; chunk < 8; chunk++) {
    pass(1)
    shown.add({ users: 10, lines: 500 })
  }
  assert.deepEqual(lines(), ['50 users, 2,500 of 10,000 lines, 500 lines a second, 15 s left'])
})

test('the last state is always said, and given back', () => {
  const { shown, pass, lines } = watched({ isTTY: false })
  pass(2)
  shown.add({ users: 3, lines: 7_000 })
  assert.deepEqual(shown.end(), { users: 3, lines: 7_000, seconds: 2, rate: 3_500 })
  assert.deepEqual(lines(), ['3 users, 7,000 lines, 3,500 lines a second'])
})

test('where nobody knows how much there is, no end is promised', () => {
  const { shown, pass, lines } = watched({ isTTY: false })
  shown.expect(null)
  pass(5)
  shown.add({ users: 1, lines: 50 })
  assert.deepEqual(lines(), ['1 users, 50 lines, 10 lines a second'])
})

test('a terminal has a bar, and its cursor again in the end', () => {
  const { shown, pass, text, lines } = watched({ isTTY: true })
  shown.expect(10_000)
  pass(10)
  shown.add({ users: 20, lines: 5_000 })
  shown.end()
  assert.match(text(), /50% \| 5,000 of 10,000 lines \| 20 users \| 500\/s \| 10 s left/)
  assert.match(lines().at(-1) ?? '', /20 users, 5,000 lines, 500 lines a second$/)
  assert.ok(text().lastIndexOf('\x1B[?25h') > text().lastIndexOf('\x1B[?25l'), 'the cursor is hidden')
})

test('a terminal has a counter where nobody knows how much there is', () => {
  const { shown, pass, text } = watched({ isTTY: true })
  pass(10)
  shown.add({ users: 20, lines: 5_000 })
  shown.end()
  assert.match(text(), /5,000 lines \| 20 users \| 500\/s/)
  assert.doesNotMatch(text(), /%/)
})
