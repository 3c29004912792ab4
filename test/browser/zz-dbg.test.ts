import { test } from 'node:test'
import { DESK, launchChromium, openPage, PHONE, screenshot } from '#test/chromium'
import { Person } from '#test/people'
import { startBrowserWorld } from './browser-world.ts'
import { enterAs } from './enter-as.ts'
import { givePast, pastLine } from './past.ts'
const world = await startBrowserWorld()
const browser = await launchChromium()
const reader = new Person(world.vitte.url)
await reader.signInByMail(world.sandbox, 'reader@example.org')
await reader.confirmAdult()
await reader.startConversation('arina')
await givePast(world, reader, 400)
for (const viewport of [PHONE, DESK]) test('x' + viewport.width, async () => {
  const { page } = await openPage(browser, { viewport, reducedMotion: 'reduce' })
  await enterAs(page.context(), reader, world.vitte.url)
  await page.goto(world.vitte.url)
  const log = page.getByRole('log')
  await log.getByText(pastLine(400)).waitFor()
  await log.hover()
  await page.evaluate(() => {
    const log = document.querySelector('[role=log]')!
    const w = window as any
    w.frames = []
    const look = () => {
      const o: any = {}
      for (const a of log.querySelectorAll('article')) { const n = /№(\d+)\./.exec(a.textContent ?? '')?.[1]; const r = a.getBoundingClientRect(); if (n && r.bottom > 0 && r.top < innerHeight) o[n] = Math.round(r.top * 10) / 10 }
      w.frames.push([Math.round(performance.now()), log.scrollTop, log.scrollHeight, o])
      requestAnimationFrame(look)
    }
    look()
  })
  let stuck = 0
  for (let i = 0; i < 400; i++) {
    const before = await log.evaluate(e => e.scrollTop)
    await page.mouse.wheel(0, -300)
    await page.waitForTimeout(60)
    const now = await log.evaluate(e => [e.scrollTop, e.scrollHeight, e.clientHeight])
    if (i < 6 || i % 25 === 0) console.log(viewport.width, i, before, now)
    if (now[0] === 0) { stuck++; if (stuck > 5) break } else stuck = 0
  }
  await screenshot(page, 'dbg-scroll-' + viewport.width)
  const frames = await page.evaluate(() => (window as any).frames) as any[]
  let back = 0, worst = 0, moves = 0
  const samples = []
  for (let i = 1; i < frames.length; i++) {
    const [ta, sa, ha, a] = frames[i - 1], [tb, sb, hb, b] = frames[i]
    const ds = Object.keys(b).filter(k => k in a).map(k => [k, b[k] - a[k]] as const)
    if (ds.some(([, d]) => d !== 0)) moves++
    const min = Math.min(...ds.map(([, d]) => d)), max = Math.max(...ds.map(([, d]) => d))
    if (min < -2) { back++; worst = Math.min(worst, min); if (samples.length < 12) samples.push(`t${ta}->${tb} scroll ${sa}->${sb} height ${ha}->${hb} min ${min} max ${max}`) }
    if (max - min > 2) { if (samples.length < 30) samples.push(`SPREAD t${ta}->${tb} scroll ${sa}->${sb} ${hb-ha} min ${min} max ${max}`)}
  }
  console.log(viewport.width, 'frames', frames.length, 'moving', moves, 'backwards', back, 'worst', worst, '\n' + samples.join('\n'))
})
