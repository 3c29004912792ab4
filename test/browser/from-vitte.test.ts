import assert from 'node:assert/strict'
import { launchChromium, openPage } from '#test/chromium'
import { Person } from '#test/people'
import { startBrowserWorld } from './browser-world.ts'
import { complaintsOf } from './complaints.ts'
import { enterAs } from './enter-as.ts'
import { journey } from './journey.ts'
import { look } from './looks.ts'
import { pageWords } from './page-words.ts'
import { talkOn } from './talk.ts'

// What the product says in a companion's place bears its own name on the page, and who is under 18 finds her place empty.
const OLGA = 700_000_001

const world = await startBrowserWorld()
const browser = await launchChromium()
const t = await pageWords('ru')
const site = await openPage(browser, { colorScheme: 'light' })
const { page } = site
const talk = talkOn(page, t)
const step = journey('from-vitte', page)
const from = (name: string) => talk.log.getByRole('article', { name, exact: true })
const closed = page.getByRole('region', { name: t('closed-title') })
world.sandbox.model.control({ mode: 'echo' })

const person = new Person(world.vitte.url)
await person.signInByWidget(world.sandbox, OLGA)
await person.confirmAdult()
await person.startConversation('arina')
await enterAs(page.context(), person, world.vitte.url)

step('help lines come from Vitte, and the next answer from the companion again', async () => {
  await page.goto(`${world.vitte.url}/chat`)
  await talk.say('Я не хочу жить')
  await from(t('chat-vitte')).getByText('112').waitFor()
  await talk.say('Спасибо за ответ')
  await from('Арина').getByText('Спасибо за ответ').waitFor()
  assert.equal(await from(t('chat-vitte')).count(), 1)
  assert.deepEqual(await look({ page, name: 'crisis' }), [])
  await page.reload()
  await from(t('chat-vitte')).getByText('112').waitFor()
})

step('a stated age takes the composer away while the page is open, and says kindly why', async () => {
  await talk.say('мне 15 лет')
  await closed.waitFor()
  assert.equal(await talk.field.count(), 0)
  await from(t('chat-vitte')).getByText('8 800 2000-122').waitFor()
  assert.deepEqual(await look({ page, name: 'closed' }), [])
})

step('no other companion is there either, and nobody asks about the age again', async () => {
  await page.goto(`${world.vitte.url}/characters/cassandra`)
  await page
    .getByRole('button', { name: t('story-renew') })
    .or(page.getByRole('button', { name: t('story-start') }))
    .click()
  await page.getByRole('dialog', { name: t('closed-title') }).waitFor()
  assert.equal(await page.getByRole('button', { name: t('adult-yes') }).count(), 0)
})

step('the console stayed empty', async () => {
  assert.deepEqual(complaintsOf(site), [])
})
