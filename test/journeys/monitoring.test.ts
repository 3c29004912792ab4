import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { parse } from 'yaml'

// What operators are shown asks only for metrics that the operator's guide describes (and `check` compares that with the code).
const root = new URL('../..', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, root), 'utf8')
const described = new Set(read('docs/operations.md').match(/\bvitte_\w+/g))
/** Made by the library for every Node process. */
const OF_NODE = /^vitte_(nodejs|process)_/
const SUFFIX = /_(bucket|count|sum)$/

const unknown = (expressions: readonly string[]) =>
  expressions
    .flatMap((expression) => expression.match(/\bvitte_\w+/g) ?? [])
    .filter((name) => !OF_NODE.test(name) && !described.has(name) && !described.has(name.replace(SUFFIX, '')))

test('the dashboard asks for metrics that exist, in panels that do not lie over each other', () => {
  const { panels } = JSON.parse(read('deploy/monitoring/dashboard.json')) as {
    panels: { title: string; gridPos: { x: number; y: number; w: number; h: number }; targets: { expr: string }[] }[]
  }
  assert.ok(panels.length >= 15)
  assert.deepEqual(unknown(panels.flatMap(({ targets }) => targets.map(({ expr }) => expr))), [])
  const taken = new Map<string, string>()
  for (const { title, gridPos } of panels) {
    for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++) {
      for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
        assert.equal(taken.get(`${x},${y}`), undefined, `${title} lies over ${taken.get(`${x},${y}`)}`)
        taken.set(`${x},${y}`, title)
      }
    }
  }
})

test('every alert of the guide is a rule, and every rule stands in the guide', () => {
  const { groups } = parse(read('deploy/monitoring/alerts.yaml')) as { groups: { rules: { expr: string }[] }[] }
  const rules = groups.flatMap((group) => group.rules.map(({ expr }) => expr))
  assert.deepEqual(unknown(rules), [])
  const table = read('docs/operations.md').split('What to alert on')[1]?.split('The figures that are promised')[0] ?? ''
  const guide = [...table.matchAll(/^\| `(.+?)`(?: for \d+ minutes)? \|/gm)].map(([, rule = '']) =>
    rule.replaceAll('\\|', '|'),
  )
  assert.ok(guide.length >= 9)
  for (const rule of guide) assert.ok(rules.includes(rule), rule)
})
