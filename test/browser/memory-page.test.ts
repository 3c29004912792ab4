import assert from 'node:assert/strict'
import { FACT_TEXT_MAX_LENGTH } from '#contract/limits'
import { launchChromium, openPage } from '#test/chromium'
import { Person } from '#test/people'
import { waitFor } from '#test/wait-for'
import { answerDigest, rememberedBy } from '../journeys/memory-steps.ts'
import { startBrowserWorld } from './browser-world.ts'
import { complaintsOf } from './complaints.ts'
import { enterAs } from './enter-as.ts'
import { journey } from './journey.ts'
import { pageWords } from './page-words.ts'
import { talkOn } from './talk.ts'

const CAT_LINE = 'У меня живёт кот, Барсик'
const CAT = 'Есть кот Барсик'
const DOG = 'Есть пёс Барс'
const STORM = 'Боится грозы'
const SUMMARY = 'Знакомство у окна: говорили о коте и о дожде.'
const PASTED_CHARACTERS = 100_000

const world = await startBrowserWorld()
const browser = await launchChromium()
const t = await pageWords('ru')
const site = await openPage(browser, { reducedMotion: 'reduce' })
const { page } = site
const person = new Person(world.vitte.url)
const step = journey('memory', page)

const button = (name: string) => page.getByRole('button', { name, exact: true })
const field = page.getByRole('textbox', { name: t('memory-field') })
const list = page.getByRole('list', { name: t('memory-list') })
const texts = async () => (await person.memory()).map(({ text }) => text)

step('before anything is known the page says how that comes', async () => {
  await person.signInByMail(world.sandbox, 'memory@example.org')
  await person.confirmAdult()
  await person.startConversation('arina')
  await enterAs(page.context(), person, world.vitte.url)
  await page.goto(`${world.vitte.url}/memory`)
  await page.getByRole('heading', { name: t('memory-title', { name: 'Арина' }) }).waitFor()
  await page.getByText(t('memory-empty-text')).waitFor()
})

step('what is told elsewhere appears on the open page', async () => {
  world.sandbox.model.control({ mode: 'echo' })
  answerDigest(world.sandbox, SUMMARY, [{ line: 2, text: CAT }])
  await person.talk(CAT_LINE)
  await rememberedBy(person, CAT)
  await list.getByText(CAT).waitFor()
})

step('it is corrected in its place, and the keyboard goes on where it was', async () => {
  await button(t('memory-edit-named', { text: CAT })).click()
  await field.fill(DOG)
  await page.keyboard.press('Control+Enter')
  await button(t('memory-edit-named', { text: DOG })).waitFor()
  assert.deepEqual(await texts(), [DOG])
  await waitFor(() => button(t('memory-edit-named', { text: DOG })).evaluate((it) => it === document.activeElement), {
    what: 'the focus back on the button',
  })
})

step('a book pasted by mistake is refused in words, stays, and can be cut to size', async () => {
  await page.keyboard.press('Enter')
  const book = 'слово '.repeat(PASTED_CHARACTERS / 6).trimEnd()
  await field.fill(book)
  await page.getByText(t('memory-too-long', { count: book.length - FACT_TEXT_MAX_LENGTH })).waitFor()
  assert.equal(await button(t('memory-save')).isDisabled(), true)
  await field.press('End')
  await field.pressSequentially('!')
  assert.equal((await field.inputValue()).length, book.length + 1)
  assert.deepEqual(await texts(), [DOG])
  await field.fill(book.slice(0, FACT_TEXT_MAX_LENGTH))
  await page
    .getByRole('alert')
    .filter({ hasText: /Слишком длинно/ })
    .waitFor({ state: 'hidden' })
  await field.fill('   ')
  await page.getByText(t('memory-empty')).waitFor()
  await page.keyboard.press('Escape')
  await list.getByText(DOG).waitFor()
})

step('what the server refuses stays in the field', async () => {
  await button(t('memory-edit-named', { text: DOG })).click()
  await field.fill('Есть пёс Барс, рыжий')
  await page.route('**/api/memory/*', (route) => route.fulfill({ status: 503, body: '' }))
  await button(t('memory-save')).click()
  await page.getByText(t('error-unreachable')).waitFor()
  assert.equal(await field.inputValue(), 'Есть пёс Барс, рыжий')
  await page.unroute('**/api/memory/*')
  await button(t('memory-save')).click()
  await list.getByText('Есть пёс Барс, рыжий').waitFor()
})

step('it leads to the line of the talk that it was drawn from', async () => {
  await list.getByRole('link').click()
  await talkOn(page, t).log.getByText(CAT_LINE, { exact: true }).first().waitFor()
  await page.goto(`${world.vitte.url}/memory`)
})

step('what is forgotten on another device while it is edited here is not lost', async () => {
  answerDigest(world.sandbox, SUMMARY, [{ line: 1, text: STORM }])
  await person.talk('А ещё я боюсь грозы')
  const { id } = await rememberedBy(person, STORM)
  await button(t('memory-edit-named', { text: STORM })).click()
  await field.fill('Грозы больше не боится')
  await person.client.call(`/api/memory/${id}`, { method: 'DELETE' })
  await waitFor(async () => (await list.getByRole('listitem').count()) === 2, { what: 'both lines' })
  await button(t('memory-save')).click()
  await page.getByText(t('memory-gone')).waitFor()
  assert.equal(await field.inputValue(), 'Грозы больше не боится')
  await button(t('action-cancel')).click()
  await waitFor(async () => (await list.getByRole('listitem').count()) === 1, { what: 'one line' })
})

step('forgetting says what it means, and then the page is empty again', async () => {
  await list.getByRole('button', { name: /^Забыть/ }).click()
  const sheet = page.getByRole('dialog', { name: t('memory-forget-title') })
  await sheet.getByText(t('memory-forget-text', { name: 'Арина' })).waitFor()
  await sheet.getByRole('button', { name: t('action-cancel') }).click()
  assert.equal((await texts()).length, 1)
  await list.getByRole('button', { name: /^Забыть/ }).click()
  await sheet.getByRole('button', { name: t('memory-forget'), exact: true }).click()
  await page.getByText(t('memory-empty-text')).waitFor()
  assert.deepEqual(await texts(), [])
})

step('nothing failed on the way that the page had to complain about', async () => {
  // A made-up silence, and a line that was gone.
  assert.deepEqual(
    complaintsOf(site).filter((complaint) => !/status of (503|404)/.test(complaint)),
    [],
  )
})
