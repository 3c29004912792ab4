import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { type Sandbox, startSandbox } from '../index.ts'

const TOKEN = '4200000042:AAtesttesttesttesttesttesttesttest'
const MASHA = 700_000_001
const ACTION_TIMEOUT_MS = 15_000
const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** A Mini App in one page: asks its frame for everything and writes down what it hears. */
const MINI_APP = `<!doctype html><meta charset="utf-8"><output></output><script>
const post = (eventType, eventData) => parent.postMessage(JSON.stringify({ eventType, eventData }), '*')
addEventListener('message', ({ data }) => { document.querySelector('output').append(data + '\\n') })
for (const each of ['ready', 'request_theme', 'request_viewport', 'request_safe_area', 'request_content_safe_area']) post('web_app_' + each)
post('web_app_setup_back_button', { is_visible: true })
document.querySelector('output').append(new URLSearchParams(location.hash.slice(1)).get('tgWebAppData') + '\\n')
</script>`

let sandbox: Sandbox
let app: Server
let folder: string
let browser: BrowserContext
let page: Page
const errors: string[] = []

before(async () => {
  app = createServer((_, response) => response.setHeader('content-type', 'text/html').end(MINI_APP))
  await new Promise<void>((resolve) => app.listen(0, 'localhost', resolve))
  const appUrl = `http://localhost:${(app.address() as AddressInfo).port}`
  sandbox = await startSandbox({ port: 0, token: TOKEN, appUrl })
  folder = await mkdtemp(join(tmpdir(), 'sandbox-page-'))
  browser = await chromium.launchPersistentContext(folder, {
    executablePath: '/usr/bin/chromium',
    args: CHROMIUM_FLAGS,
    locale: 'ru-RU',
    viewport: { width: 1280, height: 800 },
  })
  page = browser.pages()[0] ?? (await browser.newPage())
  page.setDefaultTimeout(ACTION_TIMEOUT_MS)
  page.on('pageerror', (error) => errors.push(error.message))
  await page.goto(`${sandbox.url}/#${MASHA}`)
})
after(async () => {
  await browser?.close()
  await sandbox?.stop()
  app?.close()
  await rm(folder, { recursive: true, force: true })
})

async function bot(method: string, body: object) {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${sandbox.apiRoot}/bot${TOKEN}/${method}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  })
  return ((await response.json()) as { result: { message_id: number } & string }).result
}

test('a person starts the bot, presses a button and sees the answer', async () => {
  await page.click('.single')
  await sandbox.telegram.waitFor(() => sandbox.telegram.messages(MASHA)[0]?.wire.text === '/start')
  await bot('sendMessage', {
    chat_id: MASHA,
    text: '<b>Привет</b>',
    parse_mode: 'HTML',
    reply_markup: { inline_keyboard: [[{ text: 'Мне есть 18', callback_data: 'adult' }]] },
  })
  assert.equal(await page.textContent('.bubble strong'), 'Привет')
  await page.click('text=Мне есть 18')
  const query = await sandbox.telegram.waitFor(() =>
    sandbox.telegram.pendingUpdates().find((each) => each.update.callback_query),
  )
  await bot('answerCallbackQuery', { callback_query_id: query.update.callback_query?.id, text: 'Спасибо' })
  await page.waitForSelector('.toast:has-text("Спасибо")')
})

test('an answer grows as a draft, Stop tells the bot, the message takes its place', async () => {
  await bot('sendMessageDraft', { chat_id: MASHA, draft_id: 1, text: 'Вечер', can_stop: true, keep_on_stop: true })
  await bot('sendMessageDraft', {
    chat_id: MASHA,
    draft_id: 1,
    text: 'Вечер тихий',
    can_stop: true,
    keep_on_stop: true,
  })
  await page.waitForSelector('.draft:has-text("Вечер тихий")')
  await page.click('text=Остановить')
  await sandbox.telegram.waitFor(() =>
    sandbox.telegram.pendingUpdates().find((each) => each.update.stopped_message_generation),
  )
  await bot('sendMessage', { chat_id: MASHA, text: 'Вечер тихий.' })
  await page.waitForSelector('.from-bot .bubble:has-text("Вечер тихий.")')
  assert.equal(await page.locator('.draft').count(), 0)
})

test('the Mini App opens in a frame with signed data, hears its surroundings, and is paid through the sheet', async () => {
  await bot('setChatMenuButton', {
    menu_button: {
      type: 'web_app',
      text: 'Vitte',
      web_app: { url: `${(await (await fetch(`${sandbox.url}/sim/about`)).json()).appUrl}/app` },
    },
  })
  await page.click('.menu-button:has-text("Vitte")')
  const frame = page.frameLocator('iframe')
  for (const heard of [
    'hash=',
    'theme_changed',
    'viewport_changed',
    '"safe_area_changed"',
    'content_safe_area_changed',
  ]) {
    await frame.locator(`output:has-text('${heard}')`).waitFor()
  }
  await page.click('.sheet-header button >> nth=0')
  await frame.locator('output:has-text("back_button_pressed")').waitFor()
  const link = await bot('createInvoiceLink', {
    title: 'Пакет',
    description: '100',
    payload: 'p',
    currency: 'XTR',
    prices: [{ label: 'XTR', amount: 50 }],
  })
  const slug = link.split('$')[1] ?? ''
  await frame
    .locator('output')
    .evaluate(
      (_, given) =>
        parent.postMessage(JSON.stringify({ eventType: 'web_app_open_invoice', eventData: { slug: given } }), '*'),
      slug,
    )
  await page.click('dialog .main')
  const query = await sandbox.telegram.waitFor(() =>
    sandbox.telegram.pendingUpdates().find((each) => each.update.pre_checkout_query),
  )
  await bot('answerPreCheckoutQuery', { pre_checkout_query_id: query.update.pre_checkout_query?.id, ok: true })
  await frame.locator('output:has-text("paid")').waitFor()
  await page.click('[aria-label="Закрыть"]')
  await page.waitForSelector('.service:has-text("50")')
})

test('blocking and unblocking is one press each, and no script failed on the way', async () => {
  await page.click('[aria-label="Заблокировать бота"]')
  await sandbox.telegram.waitFor(() => sandbox.telegram.reach(MASHA).blocked)
  await page.click('footer >> text=Разблокировать бота')
  await sandbox.telegram.waitFor(() => !sandbox.telegram.reach(MASHA).blocked)
  assert.deepEqual(errors, [])
})
