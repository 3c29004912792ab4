import assert from 'node:assert/strict'
import { sql } from 'kysely'
import type { FrameLocator, Page } from 'playwright-core'
import { launchChromium, openPage } from '#test/chromium'
import { Person } from '#test/people'
import { waitFor } from '#test/wait-for'
import { startBrowserWorld } from './browser-world.ts'
import { complaintsOf } from './complaints.ts'
import { enterAs } from './enter-as.ts'
import { journey } from './journey.ts'
import { look, lookAtApp } from './looks.ts'
import { openMessenger } from './messenger.ts'
import { pageWords } from './page-words.ts'
import { talkOn } from './talk.ts'

// The pack and the subscription of offers.yaml as the page words their prices.
const PACK = { credits: 100, stars: 150 }
const MONTHLY = { credits: 600, stars: 700 }
const GIFT = 3
const WRITTEN = 'Этот текст никуда не денется'

const world = await startBrowserWorld({ WELCOME_CREDITS_TELEGRAM: `basic:${GIFT}`, WELCOME_CREDITS_WEB: 'basic:1' })
const { telegram, model } = world.sandbox
const browser = await launchChromium()
const t = await pageWords('ru')
const { id: personId } = telegram.addPerson({ firstName: 'Вера', languageCode: 'ru' })
const person = new Person(world.vitte.url)
await person.signInByWidget(world.sandbox, personId)
await person.confirmAdult()
await person.startConversation('arina')
const site = await openPage(browser, { reducedMotion: 'reduce' })
await enterAs(site.page.context(), person, world.vitte.url)
const phone = await openPage(browser, { reducedMotion: 'reduce' })
const messenger = await openMessenger(phone.page, world.sandbox, personId)
const onSite = shopOn(site.page)
const inApp = shopOn(messenger.app)
const talk = talkOn(site.page, t)
const step = journey('payments', site.page, phone.page)
model.control({ text: 'Здесь.' })

step('the price stands there before anything is sent, and who has little left is told once', async () => {
  await site.page.goto(world.vitte.url)
  await talk.balance(GIFT).waitFor()
  await site.page.getByText(t('price-reply', { price: t('credits-basic-count', { count: 1 }) })).waitFor()
  await talk.say('Первый')
  const low = site.page.getByText(t('low-text', { count: 2 }))
  await low.waitFor()
  await site.page.getByRole('button', { name: t('low-hide') }).click()
  await low.waitFor({ state: 'hidden' })
  await talk.say('Второй')
  await talk.balance(1).waitFor()
  await site.page.reload()
  await talk.balance(1).waitFor()
  assert.equal(await site.page.getByText(t('low-text', { count: 1 })).count(), 0)
})

step('out of credits on the site: the text stays, and a pack is bought by a link into Telegram', async () => {
  await talk.say('Третий')
  await site.page.getByText(t('spent-basic')).waitFor()
  await talk.say(WRITTEN)
  await waitFor(async () => (await talk.field.inputValue()) === WRITTEN, { what: 'the text is back' })
  await onSite.open.click()
  await onSite.buy('shop-buy', PACK.stars).click()
  const link = onSite.sheet.getByRole('link', { name: t('shop-invoice-open') })
  const invoice = (await link.getAttribute('href')) ?? ''
  assert.match(invoice, /^https:\/\/t\.me\/\$/)
  assert.equal(await link.getAttribute('target'), '_blank')
  assert.equal((await telegram.pay(personId, invoice)).status, 'paid')
  await onSite.sheet.getByText(t('shop-arrived-title')).waitFor()
  await onSite.sheet.getByRole('button', { name: t('shop-arrived-done') }).click()
  await talk.balance(PACK.credits).waitFor()
  assert.equal(await talk.field.inputValue(), WRITTEN)
  await talk.send.click()
  await talk.balance(PACK.credits - 1).waitFor()
})

step('in the Mini App an invoice that was put away changes nothing', async () => {
  await messenger.start()
  await messenger.openApp()
  await talkOn(messenger.app, t)
    .balance(PACK.credits - 1)
    .click()
  await inApp.open.click()
  await inApp.buy('shop-subscribe', MONTHLY.stars).click()
  await phone.page.locator('dialog.payment').getByRole('button', { name: 'Отмена' }).click()
  await inApp.buy('shop-subscribe', MONTHLY.stars).and(messenger.app.locator(':enabled')).waitFor()
  assert.equal((await person.me()).credits.basic, PACK.credits - 1)
})

step('a subscription is bought in Telegram, and the balance changes on the open site too', async () => {
  await inApp.buy('shop-subscribe', MONTHLY.stars).click()
  await pay(MONTHLY.stars)
  await inApp.sheet.getByText(t('shop-arrived-title')).waitFor()
  await talk.balance(PACK.credits - 1 + MONTHLY.credits).waitFor()
  await inApp.sheet.getByRole('button', { name: t('shop-arrived-done') }).click()
  await talkOn(messenger.app, t)
    .balance(PACK.credits - 1 + MONTHLY.credits)
    .waitFor()
})

step('its renewal is stopped after a question, and taken up again', async () => {
  const { page } = site
  const button = (name: string) => page.getByRole('button', { name: t(name), exact: true })
  await page.goto(`${world.vitte.url}/credits`)
  await page.getByText(t('entry-subscription')).first().waitFor()
  await button('subscription-stop').click()
  await button('subscription-stop-no').click()
  await button('subscription-stop').click()
  await button('subscription-stop-yes').click()
  await page.getByText(t('subscription-stopped'), { exact: true }).waitFor()
  await lookAtState('stopped')
  await button('subscription-resume').click()
  await button('subscription-resume-yes').click()
  await page.getByText(t('subscription-resumed'), { exact: true }).waitFor()
  await button('subscription-stop').waitFor()
  await lookAtState('reopened')
  const { id } = telegram.charges().find(({ subscription }) => subscription) ?? assert.fail('no month was paid')
  telegram.changeSubscription(id, 'failed')
  await waitFor(() => telegram.pendingUpdates().length === 0, { what: 'Telegram has told that a month failed' })
  await page.reload()
  await page.getByText(t('subscription-failed')).waitFor()
  await lookAtState('failed')
})

async function lookAtState(state: string): Promise<void> {
  const { page } = site
  await page.getByRole('heading', { name: t('subscription-title'), exact: true }).scrollIntoViewIfNeeded()
  assert.deepEqual(await look({ page, name: `payments-${state}`, moods: ['light'], widths: ['390'] }), [])
}

step('what was bought is a line of the history, and a reply leads to its place in the talk', async () => {
  const { page } = site
  await page.getByText(t('entry-purchase'), { exact: true }).waitFor()
  await page.getByRole('link', { name: t('entry-hold-named', { name: 'Арина', count: 1 }) }).click()
  await talk.log.locator('[data-marked]').getByText(WRITTEN).waitFor()
})

step('a refund of what is spent is a debt, said so in the Mini App', async () => {
  for (const { id } of telegram.charges()) telegram.refund(id)
  await messenger.app.getByText(t('debt-title')).waitFor()
  await messenger.app.getByText(t('debt-basic', { count: 1 })).waitFor()
  assert.deepEqual(await lookAtApp(messenger, 'payments-debt', ['light']), [])
})

step('who is refunded again and again buys nothing until somebody has looked, and is told so', async () => {
  await inApp.open.click()
  await inApp.buy('shop-buy', PACK.stars).click()
  await inApp.sheet.getByRole('alert').getByText('/paysupport').waitFor()
  await sql`UPDATE users SET payments_held_at = NULL`.execute(world.database.db)
})

step('the next purchase pays the debt first', async () => {
  await inApp.buy('shop-buy', PACK.stars).click()
  await pay(PACK.stars)
  await inApp.sheet.getByText(t('shop-arrived-title')).waitFor()
  await inApp.sheet.getByRole('button', { name: t('shop-arrived-done') }).click()
  await talkOn(messenger.app, t)
    .balance(PACK.credits - 1)
    .waitFor()
  await messenger.app.getByText(t('debt-title')).waitFor({ state: 'hidden' })
})

step('a limit of the day stops what is sent, keeps the text, and is changed from there', async () => {
  const { page } = site
  await page.goto(`${world.vitte.url}/credits?cap`)
  await page.getByLabel(t('cap-field')).fill('1')
  await page.getByRole('button', { name: t('cap-save'), exact: true }).click()
  await page.getByText(t('cap-now', { count: 1 })).waitFor()
  await page.goto(world.vitte.url)
  await talk.say(WRITTEN)
  await page.getByRole('heading', { name: t('spent-cap') }).waitFor()
  assert.equal(await talk.field.inputValue(), WRITTEN)
  assert.deepEqual(await look({ page, name: 'payments-cap', widths: ['390'] }), [])
  await page.getByRole('link', { name: t('spent-cap-change') }).click()
  await page.getByRole('button', { name: t('cap-remove') }).click()
  await page.getByText(t('cap-none')).waitFor()
  await page.getByRole('button', { name: t('action-back') }).click()
  await talk.send.click()
  await talk.balance(PACK.credits - 2).waitFor()
})

step('nothing failed on the way that the page had to complain about', async () => {
  const heard = [...complaintsOf(site), ...complaintsOf(phone)]
  assert.deepEqual(
    // Each refusal is what a step is about.
    heard.filter((complaint) => !/status of (402|409)/.test(complaint)),
    [],
  )
})

step('who has no Telegram sees the prices, and is asked to connect it first', async () => {
  const stranger = new Person(world.vitte.url)
  await stranger.signInByMail(world.sandbox, 'no-telegram@example.org')
  await stranger.confirmAdult()
  await stranger.startConversation('arina')
  const { page } = await openPage(browser, { reducedMotion: 'reduce' })
  await enterAs(page.context(), stranger, world.vitte.url)
  await page.goto(`${world.vitte.url}/credits`)
  await page.getByText(t('shop-connect')).waitFor()
  await page.getByText(t('shop-stars', { stars: PACK.stars })).waitFor()
  await page
    .getByRole('link', { name: t('connect-action') })
    .first()
    .waitFor()
  assert.equal(await shopOn(page).buy('shop-buy', PACK.stars).count(), 0)
  assert.deepEqual(await look({ page, name: 'payments-no-telegram', moods: ['light'], widths: ['390'] }), [])
  await page.context().close()
})

step(
  'out of credits in the bot: the message is kept, a pack is bought in the payment sheet, and it is answered',
  async () => {
    const { id } = telegram.addPerson({ firstName: 'Нина', languageCode: 'ru' })
    const nina = new Person(world.vitte.url)
    await nina.signInByWidget(world.sandbox, id)
    await nina.confirmAdult()
    await nina.startConversation('arina')
    const { page } = await openPage(browser, { reducedMotion: 'reduce' })
    const bot = await openMessenger(page, world.sandbox, id)
    const left = (credits: number) =>
      waitFor(async () => (await nina.me()).credits.basic === credits, { what: `${credits} credits` })
    await bot.start()
    for (const line of ['Первый', 'Второй', 'Третий']) await bot.say(line)
    await left(0)
    await bot.say(WRITTEN)
    await bot.heard.getByText('На ответ не хватает кредитов').waitFor()
    await bot.press(`${PACK.credits} `)
    await page
      .locator('dialog.payment')
      .getByRole('button', { name: new RegExp(`${PACK.stars} ★`) })
      .click()
    await bot.heard.getByText('Спасибо, звёзды пришли').waitFor()
    await bot.press('Ответить')
    await left(PACK.credits - 1)
    await page.context().close()
  },
)

function shopOn(place: Page | FrameLocator) {
  const sheet = place.getByRole('dialog', { name: t('shop-title') })
  return {
    open: place.getByRole('button', { name: t('shop-open'), exact: true }),
    sheet,
    buy: (key: string, stars: number) => place.getByRole('button', { name: t(key, { stars }) }),
  }
}

/** Presses the sandbox's payment sheet, which lies over the Mini App. */
function pay(stars: number): Promise<void> {
  return phone.page
    .locator('dialog.payment')
    .getByRole('button', { name: new RegExp(`${stars} ★`) })
    .click()
}
