import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accessibilityFindings, DESK, launchChromium, openPage, PHONE } from '#test/chromium'
import type { Note } from '../rules/note.ts'
import { noCounts } from '../runs/counts.ts'
import type { Check } from '../runs/prove.ts'
import { REASON_WORDS } from './reason-words.ts'
import { Reasons } from './reasons.ts'
import { headOf, type Report } from './report.ts'
import { reportPage } from './report-page.ts'
import { returnPage } from './return-page.ts'

const RUN = '0199aaaa-0000-7000-8000-000000000001'
const HEAVY = 1_234_567

/** As large as the figures get that a phone has to show. */
function report(given: Partial<Report> = {}): Report {
  const counts = noCounts()
  counts.users = 99_876
  counts.additions = 12
  for (const tally of Object.values(counts.tables)) {
    Object.assign(tally, { read: 5 * HEAVY, taken: 4 * HEAVY, known: 10, merged: 20, rejected: HEAVY, repaired: 30 })
  }
  counts.creditsRead = { basic: 40 * HEAVY, pro: HEAVY, cassandra: 7 }
  counts.creditsLeft = { basic: -HEAVY, pro: 0, cassandra: 0 }
  const check = (what: string, holds: boolean): Check => ({
    what,
    source: 5 * HEAVY,
    target: 5 * HEAVY - (holds ? 0 : 1),
    holds,
  })
  return {
    run: RUN,
    source: 'old.example:5432/house',
    target: 'localhost:5432/vitte',
    sinceLast: false,
    startedAt: new Date('2026-11-23T01:00:00.000Z'),
    finishedAt: new Date('2026-11-23T01:12:05.000Z'),
    seconds: 725,
    rate: 6_900,
    counts,
    proof: {
      checks: [check('chat_messages: rows read, and those taken, merged or rejected', true), check('users', true)],
      differing: [],
    },
    rows: none(),
    ...given,
  }
}

async function* none(): AsyncGenerator<Note> {}

/** Every reason there is, each with more keys than are shown. */
function everyReason() {
  const reasons = new Reasons()
  for (const reason of Object.keys(REASON_WORDS) as Note['reason'][]) {
    for (let row = 0; row < 25; row++) {
      const key = `0b0f9d0c-5c53-4b0e-9d9a-${String(row).padStart(12, '0')}`
      reasons.add({ table: reason === 'same_person' ? 'profiles' : 'chat_messages', key, outcome: 'rejected', reason })
    }
  }
  return reasons.lines()
}

const failing: Partial<Report> = {
  proof: {
    checks: [{ what: 'users whose history differs', source: 0, target: 2, holds: false }],
    differing: ['somebody', RUN],
  },
}
const PAGES: Record<string, string> = {
  proven: reportPage(headOf(report()), everyReason()),
  'not proven': reportPage(headOf(report(failing)), []),
  'dry run': reportPage(headOf(report({ run: null, proof: null })), everyReason()),
  'taken back': returnPage({
    run: RUN,
    target: 'localhost:5432/vitte',
    finishedAt: new Date('2026-11-23T02:00:00.000Z'),
    seconds: 0.4,
    takenBack: 7,
    kept: [RUN],
    keptCount: 1,
  }),
}

test('the page says in words what was found, and what to do', () => {
  assert.match(PAGES['not proven'] ?? '', /1 of 1 checks does not hold\. Keep the old system running/)
  assert.match(PAGES.proven ?? '', new RegExp(`--rollback ${RUN}`))
  assert.match(PAGES.proven ?? '', /12 min 5 s, 6,900 messages a second/)
  assert.match(PAGES.proven ?? '', /99,876 people came of it; to 12 who were here already something was added/)
})

test('whatever a key holds is text on the page', () => {
  const reasons = new Reasons()
  reasons.add({ table: 'profiles', key: '<script>alert(1)</script>&"', outcome: 'rejected', reason: 'no_identity' })
  const page = reportPage(headOf(report({ source: '"><img src=x>' })), reasons.lines())
  assert.doesNotMatch(page, /<script|<img/)
  assert.match(page, /&lt;script&gt;alert\(1\)&lt;\/script&gt;&amp;&quot;/)
})

test('each page is whole on phone and desk, by day and by night, and axe finds nothing', async (t) => {
  const browser = await launchChromium(t)
  for (const [name, content] of Object.entries(PAGES)) {
    for (const [colorScheme, viewport] of [
      ['light', PHONE],
      ['dark', DESK],
    ] as const) {
      const { page, complaints } = await openPage(browser, { colorScheme, viewport })
      await page.setContent(content)
      await page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true")
      assert.deepEqual(await accessibilityFindings(page), [], `${name}, ${colorScheme}`)
      const wider = await page.evaluate('document.documentElement.scrollWidth > innerWidth')
      assert.equal(wider, false, `${name} is wider than ${viewport.width} pixels`)
      assert.deepEqual(complaints, [])
      await page.context().close()
    }
  }
})
