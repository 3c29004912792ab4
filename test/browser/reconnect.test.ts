import assert from 'node:assert/strict'
import { launchChromium, openPage, screenshot } from '#test/chromium'
import { Person } from '#test/people'
import { startBrowserWorld } from './browser-world.ts'
import { enterAs } from './enter-as.ts'
import { journey } from './journey.ts'
import { pageWords } from './page-words.ts'
import { talkOn } from './talk.ts'

const SLOW = Array.from({ length: 60 }, (_, index) => `капля${index}`).join(' ')
const REFUSED_BY_NETWORK = /net::ERR_|status of 50[234]/

const world = await startBrowserWorld()
const browser = await launchChromium()
const t = await pageWords('ru')
const reader = new Person(world.vitte.url)
await reader.signInByMail(world.sandbox, 'reader@example.org')
await reader.confirmAdult()
await reader.startConversation('arina')
// So tall that the list draws all of it.
const site = await openPage(browser, { viewport: { width: 390, height: 2_400 }, reducedMotion: 'reduce' })
const { page } = site
await enterAs(page.context(), reader, world.vitte.url)
const talk = talkOn(page, t)
const step = journey('reconnect', page)
const once = async (text: string) => {
  await talk.log.getByText(text).first().waitFor()
  assert.equal(await talk.log.getByText(text).count(), 1, `"${text}" stands there once`)
}

step('without a network the page says so, and what is written waits for it', async () => {
  await page.goto(world.vitte.url)
  await talk.log.waitFor()
  await page.context().setOffline(true)
  await page.getByText(t('connection-offline')).waitFor()
  await talk.say('Написано без связи')
  await talk.log.getByRole('img', { name: t('mark-unsent') }).waitFor()
  await screenshot(page, 'reconnect-1-offline')
})

step('back on the network what was missed and what waited are there, each once', async () => {
  world.sandbox.model.control({ text: 'Ответ, пока страница была глуха.' })
  await reader.talk('Спрошено с другого устройства')
  world.sandbox.model.control({ text: 'Ответ на написанное без связи.' })
  await page.context().setOffline(false)
  await once('Ответ на написанное без связи.')
  await once('Спрошено с другого устройства')
  await once('Ответ, пока страница была глуха.')
  await once('Написано без связи')
  await page.getByText(t('connection-offline')).waitFor({ state: 'hidden' })
})

step('an answer whose process is stopped in the middle comes once from the next process', async () => {
  world.sandbox.model.control({ text: SLOW, delayMsPerWord: 50 })
  await talk.say('Что слышно за окном?')
  await talk.log.getByText('капля3').waitFor()
  await world.vitte.stop()
  world.sandbox.model.control({ delayMsPerWord: 0 })
  await page.getByText(t('connection-waiting')).waitFor()
  await screenshot(page, 'reconnect-2-waiting')
  await talk.say('Написано, пока никого нет')
  await world.startAnother()
  await once('Написано, пока никого нет')
  const answers = talk.log.getByText('капля59')
  // After some tries in vain the page waits longer before the next.
  await answers.nth(1).waitFor({ timeout: 30_000 })
  await talk.stop.waitFor({ state: 'hidden' })
  await page.getByText(t('connection-waiting')).waitFor({ state: 'hidden' })
  assert.equal(await answers.count(), 2, 'one answer to each question')
  assert.equal((await reader.history()).filter(({ text }) => text.includes('капля59')).length, 2)
})

step('the page complained about nothing but the network', async () => {
  assert.deepEqual(
    site.complaints.filter((complaint) => !REFUSED_BY_NETWORK.test(complaint)),
    [],
  )
})
