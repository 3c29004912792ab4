import assert from 'node:assert/strict'
import { REMINDER_TEXT_MAX_LENGTH } from '#contract/limits'
import { launchChromium, openPage } from '#test/chromium'
import { Person } from '#test/people'
import { waitFor } from '#test/wait-for'
import { enterBot } from '../journeys/bot-chat.ts'
import { startBrowserWorld } from './browser-world.ts'
import { complaintsOf } from './complaints.ts'
import { enterAs } from './enter-as.ts'
import { journey } from './journey.ts'
import { pageWords } from './page-words.ts'

const DAY = '2030-12-31'

const world = await startBrowserWorld()
const browser = await launchChromium()
const t = await pageWords('ru')
const site = await openPage(browser, { reducedMotion: 'reduce' })
const { page } = site
const person = new Person(world.vitte.url)
const { id } = world.sandbox.telegram.addPerson({ firstName: 'Вера', languageCode: 'ru' })
const step = journey('reminders', page)

const button = (name: string) => page.getByRole('button', { name, exact: true })
const list = page.getByRole('list', { name: t('reminders-list') })
const text = page.getByRole('textbox', { name: t('reminders-text') })
const day = page.getByLabel(t('reminders-day'), { exact: true })
const time = page.getByLabel(t('reminders-time'), { exact: true })
const texts = async () =>
  (await person.client.call<{ reminders: { text: string }[] }>('/api/reminders')).body.reminders.map(
    (each) => each.text,
  )

step('from the menu to a page that says how reminders come to be', async () => {
  const bot = await enterBot(world.sandbox, id)
  await person.signInByWidget(world.sandbox, id)
  await enterAs(page.context(), person, world.vitte.url)
  await page.goto(`${world.vitte.url}/settings`)
  await page.getByRole('link', { name: new RegExp(t('menu-reminders')) }).click()
  await page.getByText(t('reminders-none')).waitFor()
  assert.ok(bot)
})

step('a new one needs a text, and stands in the list then', async () => {
  await button(t('reminders-add')).click()
  await button(t('reminders-set')).click()
  await page.getByText(t('reminders-empty')).waitFor()
  await text.fill('полить цветы')
  await day.fill(DAY)
  await time.fill('09:30')
  await button(t('reminders-set')).click()
  await list.getByText('полить цветы').waitFor()
  await list.getByText(/31 декабря.*09:30/).waitFor()
  assert.deepEqual(await texts(), ['полить цветы'])
})

step('what is asked for in the bot appears on the open page, in its place by time', async () => {
  world.sandbox.telegram.sendText(id, '/remind 2h проветрить')
  await list.getByText('проветрить').waitFor()
  assert.match((await list.getByRole('listitem').first().textContent()) ?? '', /проветрить/)
})

step('it is changed in its place, and the keyboard goes on where it was', async () => {
  await button(t('reminders-change-named', { text: 'полить цветы' })).click()
  await text.fill('полить фикус')
  await page.keyboard.press('Control+Enter')
  const change = button(t('reminders-change-named', { text: 'полить фикус' }))
  await change.waitFor()
  await waitFor(() => change.evaluate((it) => it === document.activeElement), { what: 'the focus back on the button' })
  assert.deepEqual(await texts(), ['проветрить', 'полить фикус'])
})

step('what the page or the server refuses stays in the form', async () => {
  await button(t('reminders-change-named', { text: 'полить фикус' })).click()
  const book = 'я'.repeat(REMINDER_TEXT_MAX_LENGTH + 5)
  await text.fill(book)
  await button(t('reminders-save')).click()
  await page.getByText(t('reminders-too-long', { count: 5 })).waitFor()
  assert.equal(await text.inputValue(), book)
  await text.fill('полить оба фикуса')
  await day.fill('2020-01-01')
  await button(t('reminders-save')).click()
  await page.getByText('Это время уже прошло').waitFor()
  assert.equal(await text.inputValue(), 'полить оба фикуса')
  await day.fill('')
  await page.getByText(t('reminders-no-time')).waitFor()
  await day.fill(DAY)
  await page.route('**/api/reminders/*', (route) => route.fulfill({ status: 503, body: '' }))
  await button(t('reminders-save')).click()
  await page.getByText(t('error-unreachable')).waitFor()
  await page.unroute('**/api/reminders/*')
  await button(t('reminders-save')).click()
  await list.getByText('полить оба фикуса').waitFor()
})

step('what is cancelled on another device while it is changed here is not lost', async () => {
  await button(t('reminders-change-named', { text: 'проветрить' })).click()
  const { reminders } = (await person.client.call<{ reminders: { id: string; text: string }[] }>('/api/reminders')).body
  const gone = reminders.find((each) => each.text === 'проветрить')
  await person.client.call(`/api/reminders/${gone?.id}`, { method: 'DELETE' })
  await text.fill('проветрить всё')
  await button(t('reminders-save')).click()
  await page.getByText(t('reminders-gone')).waitFor()
  assert.equal(await text.inputValue(), 'проветрить всё')
  await button(t('action-cancel')).click()
  await waitFor(async () => (await list.getByRole('listitem').count()) === 1, { what: 'one line' })
})

step('cancelling asks once, and then the page is empty again', async () => {
  await button(t('reminders-cancel-named', { text: 'полить оба фикуса' })).click()
  const sheet = page.getByRole('dialog', { name: t('reminders-cancel-title') })
  await sheet.getByRole('button', { name: t('reminders-keep') }).click()
  assert.equal((await texts()).length, 1)
  await button(t('reminders-cancel-named', { text: 'полить оба фикуса' })).click()
  await sheet.getByRole('button', { name: t('reminders-cancel'), exact: true }).click()
  await page.getByText(t('reminders-none')).waitFor()
  assert.deepEqual(await texts(), [])
})

step('nothing failed on the way that the page had to complain about', async () => {
  // A made-up silence, a time that is past, and one that was gone.
  assert.deepEqual(
    complaintsOf(site).filter((complaint) => !/status of (503|404|422)/.test(complaint)),
    [],
  )
})
