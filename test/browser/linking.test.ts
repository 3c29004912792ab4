import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { launchChromium, openPage, screenshot } from '#test/chromium'
import { Person } from '#test/people'
import { startBrowserWorld } from './browser-world.ts'
import { enterAs } from './enter-as.ts'
import { allowTelegram, askForLink, openLink, proveByMail, webPerson } from './joining.ts'
import { journey } from './journey.ts'
import { openMessenger } from './messenger.ts'
import { pageWords } from './page-words.ts'
import { talkOn } from './talk.ts'

// SPEC, user story 6: from the bot to the page and back, with something to lose, and the taking back of it.
const MASHA = 700_000_001
const EMAIL = 'masha@example.org'
const QUESTION = 'О чём мы говорили на сайте?'

const world = await startBrowserWorld()
const browser = await launchChromium()
const t = await pageWords('ru')
const inTelegram = new Person(world.vitte.url)
await inTelegram.openMiniApp(world.sandbox, MASHA)
await inTelegram.confirmAdult()
const onSite = await webPerson(world, EMAIL, QUESTION)
const telegram = await openPage(browser, { reducedMotion: 'reduce' })
const { page } = await openPage(browser, { reducedMotion: 'reduce' })
await enterAs(page.context(), onSite, world.vitte.url)
const messenger = await openMessenger(telegram.page, world.sandbox, MASHA)
const heading = (key: string) => page.getByRole('heading', { name: t(key), exact: true })
const button = (key: string) => page.getByRole('button', { name: t(key), exact: true })
const providers = async () => (await inTelegram.me()).identities.map(({ provider }) => provider).toSorted()
const step = journey('linking', telegram.page, page)

step('the link of the bot opens both sides and changes nothing; its secret leaves the address at once', async () => {
  await messenger.start()
  await openLink(page, await askForLink(messenger))
  await heading('link-title').waitFor()
  await screenshot(page, 'linking-1-proposal')
  assert.equal(page.url(), `${world.vitte.url}/link`)
  await page.getByText(EMAIL).first().waitFor()
  await page.getByText('@masha_orlova').waitFor()
  await page.getByText(t('link-warning')).waitFor()
  await page.reload()
  await heading('link-title').waitFor()
  assert.deepEqual(await providers(), ['telegram'])
})

step('a sign-in that is old is proven once more, in place, and the confirmation goes on to the code', async () => {
  await sql`UPDATE session_proofs SET proven_at = proven_at - interval '6 minutes'`.execute(world.database.db)
  await sql`UPDATE sessions SET proven_at = proven_at - interval '6 minutes'`.execute(world.database.db)
  await button('link-confirm').click()
  await heading('link-proof-title').waitFor()
  await proveByMail(page, world.sandbox, t, EMAIL)
  await heading('link-code-title').waitFor()
  await screenshot(page, 'linking-2-code')
  assert.deepEqual(await providers(), ['telegram'])
})

step('the code typed into the chat joins them, and the page sees it by itself', async () => {
  const code = await page.getByText(/^\d{6}$/).innerText()
  await messenger.say(code)
  await heading('link-done-title').waitFor()
  await screenshot(page, 'linking-3-done')
  await screenshot(telegram.page, 'linking-4-bot')
  assert.deepEqual(await providers(), ['email', 'telegram'])
  await page.getByRole('link', { name: t('link-open-talk') }).click()
  await talkOn(page, t).log.getByText(QUESTION).waitFor()
})

step('the link cannot be used again', async () => {
  await openLink(
    page,
    (await messenger.heard.allInnerTexts()).join('\n').match(/https?:\/\/\S+\/link#[\w-]+/)?.[0] ?? '',
  )
  await heading('link-already-title').waitFor()
})

step('undone by whoever proves both logins: Telegram by a journey, the address in place', async () => {
  await page.goto(`${world.vitte.url}/settings/logins`)
  await page.getByRole('link', { name: t('undo-open') }).click()
  await heading('undo-title').waitFor()
  assert.ok(await button('undo-confirm').isDisabled())
  await sql`UPDATE session_proofs SET proven_at = proven_at - interval '6 minutes'`.execute(world.database.db)
  await page.reload()
  await page.getByRole('link', { name: t('prove-by-telegram') }).click()
  await allowTelegram(page, 'Маша')
  await page.getByText(t('undo-proven')).waitFor()
  assert.equal(new URL(page.url()).pathname, '/settings/undo')
  await proveByMail(page, world.sandbox, t, EMAIL)
  await page.getByText(t('undo-proven')).nth(1).waitFor()
  await screenshot(page, 'linking-5-undo')
  await button('undo-confirm').click()
  await heading('undo-done-title').waitFor()
  await screenshot(page, 'linking-6-undone')
  assert.deepEqual(await providers(), ['telegram'])
})

step('each has what was theirs again, and the page says whose it is now', async () => {
  const { identities, user } = await inTelegram.me()
  assert.equal(identities.length, 1)
  assert.deepEqual(
    (await inTelegram.history()).filter(({ text }) => text === QUESTION),
    [],
  )
  const again = await webPerson(world, EMAIL)
  assert.notEqual((await again.me()).user.id, user.id)
  assert.equal((await again.history()).filter(({ text }) => text === QUESTION).length, 1)
  await page.goto(`${world.vitte.url}/settings/logins`)
  await page.getByText(t('logins-only')).waitFor()
})
