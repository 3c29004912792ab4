import assert from 'node:assert/strict'
import { launchChromium, openPage, screenshot } from '#test/chromium'
import { Person } from '#test/people'
import { waitFor } from '#test/wait-for'
import { startBrowserWorld } from './browser-world.ts'
import { enterAs } from './enter-as.ts'
import { askForLink, openLink, webPerson } from './joining.ts'
import { journey } from './journey.ts'
import { openMessenger } from './messenger.ts'
import { pageWords } from './page-words.ts'

// An attacker sends the link of their own bot chat to somebody who is signed in and has a history, and who presses
// everything that can be pressed.
const ATTACKER = 700_000_002
const VICTIM = 'victim@example.org'
const SECRET = 'Это я рассказываю только здесь.'
const TRIES = 3

const world = await startBrowserWorld()
const browser = await launchChromium()
const t = await pageWords('ru')
const attacker = new Person(world.vitte.url)
await attacker.openMiniApp(world.sandbox, ATTACKER)
const victim = await webPerson(world, VICTIM, SECRET)
const before = await victim.me()
const telegram = await openPage(browser, { reducedMotion: 'reduce' })
const { page } = await openPage(browser, { reducedMotion: 'reduce' })
await enterAs(page.context(), victim, world.vitte.url)
const messenger = await openMessenger(telegram.page, world.sandbox, ATTACKER)
const heading = (key: string) => page.getByRole('heading', { name: t(key), exact: true })
const step = journey('linking-attack', telegram.page, page)
let code = ''

step('opened, it shows whose Telegram it is, and warns', async () => {
  await messenger.start()
  await openLink(page, await askForLink(messenger))
  await heading('link-title').waitFor()
  await page.getByText('Илья').waitFor()
  await page.getByText(t('link-warning')).waitFor()
})

step('confirmed, it only shows a code, and the owner of the address is warned by mail', async () => {
  await page.getByRole('button', { name: t('link-confirm'), exact: true }).click()
  await heading('link-code-title').waitFor()
  code = await page.getByText(/^\d{6}$/).innerText()
  await screenshot(page, 'linking-attack-1-code')
  await waitFor(() => world.sandbox.mailbox.mails().filter(({ to }) => to.includes(VICTIM))[1], { what: 'a warning' })
})

step('guesses in the chat end the link, and the page says so', async () => {
  for (let step = 1; step <= TRIES; step += 1) {
    await messenger.say(String((Number(code) + step) % 1_000_000).padStart(6, '0'))
  }
  await heading('link-voided-title').waitFor()
  await screenshot(page, 'linking-attack-2-voided')
})

step(
  'even the right code is worth nothing now; the attacker has gained nothing and the victim lost nothing',
  async () => {
    const heard = await messenger.heard.count()
    await messenger.say(code)
    await waitFor(async () => (await messenger.heard.count()) > heard, { what: 'an answer to the late code' })
    const theirs = await attacker.me()
    assert.deepEqual(
      theirs.identities.map(({ provider }) => provider),
      ['telegram'],
    )
    assert.deepEqual(
      (await attacker.history()).filter(({ text }) => text === SECRET),
      [],
    )
    const after = await victim.me()
    assert.deepEqual(
      [after.user.id, after.identities, after.credits],
      [before.user.id, before.identities, before.credits],
    )
    await page.getByRole('link', { name: t('link-open-talk') }).click()
    await page.getByRole('log').getByText(SECRET).waitFor()
  },
)

step('a page of a foreign site cannot show the confirmation in a frame', async () => {
  const foreign = await page.context().newPage()
  await foreign.goto(world.sandbox.url)
  await foreign.evaluate((url) => {
    const frame = document.createElement('iframe')
    frame.src = url
    document.body.append(frame)
    return new Promise((resolve) => frame.addEventListener('load', resolve))
  }, `${world.vitte.url}/link`)
  const frame = foreign.frames().find((one) => one !== foreign.mainFrame())
  assert.ok(!(await frame?.content())?.includes('id="root"'))
  await foreign.close()
})
