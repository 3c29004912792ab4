import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BENCHES } from '../benches.ts'
import { GOALS } from '../goals.ts'
import type { Row } from '../row.ts'
import { benchesIn, namesIn, renderBlock, replaceBlock } from './figures-block.ts'
import { addBlock, readDocument } from './performance-document.ts'

const CIRCUMSTANCES = { date: '2026-11-23', machine: 'a machine', seconds: 7 }
const row = (what: string, value = 1): Row => ({ what, value, unit: 'ms', floor: 3, goal: 2, better: 'less' })

test('every bench belongs to one goal', () => {
  const claimed = GOALS.flatMap(({ benches }) => benches)
  assert.deepEqual(
    Object.keys(BENCHES).filter((name) => !claimed.includes(name)),
    [],
  )
  assert.equal(new Set(claimed).size, claimed.length)
})

test('every bench has its figures in docs/performance.md, and no figures are there of a bench that is gone', async () => {
  const text = await readDocument()
  const there = benchesIn(text)
  assert.equal(new Set(there).size, there.length, 'each once')
  assert.deepEqual(there.toSorted(), Object.keys(BENCHES).sort())
  for (const name of there) {
    const names = namesIn(text, name)
    assert.ok(names.length > 0, `${name} has no rows`)
    assert.equal(new Set(names).size, names.length, `the rows of ${name} have names of their own`)
  }
})

test('every goal has its section in docs/performance.md, with the figures that belong to it', async () => {
  const sections = (await readDocument()).split(/^## /m).slice(1)
  for (const { name, benches } of GOALS) {
    const section = sections.find((one) => one.startsWith(`${name}\n`))
    assert.ok(section, `there is a section ${name}`)
    for (const bench of benches.filter((one) => Object.hasOwn(BENCHES, one))) {
      assert.ok(benchesIn(section).includes(bench), `${bench} stands in the section ${name}`)
    }
  }
})

test('what is measured anew takes the place of what was there, and what people wrote around it stays', () => {
  const old = renderBlock('one', [row('a'), row('b | c')], CIRCUMSTANCES)
  const text = `# Title\n\n## First\n\nBefore.\n\n${old}\n\nAfter.\n`
  assert.deepEqual(benchesIn(text), ['one'])
  assert.deepEqual(namesIn(text, 'one'), ['a', 'b | c'])
  assert.deepEqual(namesIn(text, 'two'), [])
  const anew = replaceBlock(text, 'one', renderBlock('one', [row('d', 5)], CIRCUMSTANCES)) ?? ''
  assert.deepEqual(namesIn(anew, 'one'), ['d'])
  assert.match(anew, /Before\.[\s\S]*\| d \| 5 ms \| 3 ms \| 2 ms \| BELOW FLOOR \|[\s\S]*After\./)
  assert.equal(replaceBlock(text, 'two', ''), null)
})

test('a new bench comes at the end of its section, or of the text', () => {
  const goals = [
    { name: 'First', benches: ['one'] },
    { name: 'Third', benches: ['three'] },
  ]
  const text = '# Title\n\n## First\n\nWords.\n\n## Second\n\nMore.\n'
  assert.equal(addBlock(text, goals, 'one', 'BLOCK'), '# Title\n\n## First\n\nWords.\n\nBLOCK\n\n## Second\n\nMore.\n')
  assert.equal(addBlock(text, goals, 'three', 'BLOCK'), `${text}\n## Third\n\nBLOCK\n`)
  assert.throws(() => addBlock(text, goals, 'four', 'BLOCK'), /four/)
})
