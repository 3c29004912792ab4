import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createAdaptorServer } from '@hono/node-server'
import { findIdentity } from '#domain/identity'
import { accessibilityFindings, launchChromium, openPage, screenshot } from '#test/chromium'
import { testDatabase } from '#test/database'
import { freePort } from '#test/free-port'
import { startTestSandbox } from '#test/sandbox'
import { atEnd, wholeFile } from '#test/scope'
import { waitFor } from '#test/wait-for'
import { startTestSignIn, TELEGRAM } from './start-test-sign-in.ts'

const { db } = await testDatabase()
const port = await freePort()
// `localhost` here and `127.0.0.1` there are two sites to a browser, as ours and Telegram's are.
const publicUrl = `http://localhost:${port}`
const sandbox = await startTestSandbox(undefined, { appUrl: publicUrl })
const widget = { scriptUrl: `${sandbox.url}/js/telegram-widget.js`, frameOrigin: sandbox.url }
const { app } = await startTestSignIn(db, {
  publicUrl,
  telegram: { ...TELEGRAM, botToken: sandbox.token, botUsername: () => sandbox.botUsername, widget },
})
const server = createAdaptorServer({ fetch: app.fetch })
await new Promise<void>((resolve) => server.listen(port, 'localhost', resolve))
atEnd(wholeFile, () => void server.close())
const chromium = await launchChromium()
const masha = sandbox.telegram.people()[0] ?? assert.fail('nobody lives in the sandbox')

for (const colorScheme of ['light', 'dark'] as const) {
  test(`a person presses Telegram’s button, allows it, and is signed in (${colorScheme})`, async () => {
    const { page, complaints } = await openPage(chromium, { colorScheme })
    await page.goto(`${publicUrl}/auth/telegram/widget?returnTo=/api-is-not-here`)
    const button = page.frameLocator('iframe').getByRole('button', { name: 'Войти через Telegram' })
    await button.waitFor()
    await screenshot(page, `widget-${colorScheme}`)
    // The frame is made by Telegram's script, which gives it no title.
    const findings = (await accessibilityFindings(page)).filter((finding) => !finding.startsWith('frame-title'))
    assert.deepEqual(findings, [])
    assert.ok(
      await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth),
      'nothing sticks out',
    )
    assert.deepEqual(complaints, [], 'the policy lets everything through that it needs')
    const [asking] = await Promise.all([page.waitForEvent('popup'), button.click()])
    await asking.getByText('Маша Орлова').click()
    await asking.getByRole('button', { name: 'Разрешить' }).click()
    await page.waitForURL(`${publicUrl}/api-is-not-here`)
    assert.equal(await page.evaluate(async () => (await fetch('/api/sessions')).status), 200)
    await waitFor(async () => (await findIdentity(db, 'telegram', String(masha.id))) !== null)
    await page.context().close()
  })
}

test('somebody who changes their mind stays on the page', async () => {
  const { page } = await openPage(chromium)
  await page.goto(`${publicUrl}/auth/telegram/widget`)
  const button = page.frameLocator('iframe').getByRole('button')
  const [asking] = await Promise.all([page.waitForEvent('popup'), button.click()])
  await Promise.all([asking.waitForEvent('close'), asking.getByRole('button', { name: 'Отмена' }).click()])
  assert.equal(page.url(), `${publicUrl}/auth/telegram/widget`)
  await page.context().close()
})
