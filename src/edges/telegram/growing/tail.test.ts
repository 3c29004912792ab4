import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTail } from './tail.ts'

const still = () => 0

test('the end of the text is shown, in one message, with its markup until that is not understood', () => {
  const tail = createTail(still)
  const bold = { type: 'bold', offset: 0, length: 7 }
  assert.deepEqual(tail.of('**Слушай.** Идёт'), { text: 'Слушай. Идёт', entities: [bold] })
  const long = tail.of('слово '.repeat(2_000))?.text ?? ''
  assert.ok(long.length > 0 && long.length <= 4096, `${long.length} units`)
  tail.bePlain()
  assert.deepEqual(tail.of('**Слушай.** Идёт'), { text: 'Слушай. Идёт', entities: [] })
})

test('marks without a word are nothing to see', () => {
  const tail = createTail(still)
  for (const source of ['', ' \n', '**', '\u200d']) assert.equal(tail.of(source), null, JSON.stringify(source))
})

test('what takes long to read is read less often', () => {
  let nowMs = 0
  const slow = createTail(() => {
    nowMs += 50
    return nowMs
  })
  assert.equal(slow.readyMs(), 0)
  slow.of('слово')
  assert.equal(slow.readyMs(), 100 + 50 * 20)
})

test('many that grow at once leave most of the time to others', () => {
  let nowMs = 0
  const clock = () => nowMs
  const reading = () => {
    nowMs += 10
    return nowMs
  }
  const desk = { freeMs: 0 }
  const [one, other] = [createTail(reading, desk), createTail(clock, desk)]
  one.of('слово')
  assert.equal(other.readyMs(), nowMs + 10 * 3)
})
