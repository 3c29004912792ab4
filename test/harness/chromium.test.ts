import assert from 'node:assert/strict'
import { stat } from 'node:fs/promises'
import { test } from 'node:test'
import { accessibilityFindings, launchChromium, openPage, screenshot } from './chromium.ts'

test('Chromium opens a page, takes its picture and finds what people with assistive technology would stumble over', async (t) => {
  const browser = await launchChromium(t)
  const { page, complaints } = await openPage(browser)
  await page.setContent('<html lang="ru"><title>t</title><main><h1>Привет</h1><img src="data:,"></main></html>')
  assert.match((await accessibilityFindings(page)).join('\n'), /^image-alt/m)
  assert.ok((await stat(await screenshot(page, 'harness'))).size > 1000)
  await page.evaluate('console.error("a complaint")')
  assert.deepEqual(complaints, ['a complaint'])
})
