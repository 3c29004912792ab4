import assert from 'node:assert/strict'
import { test } from 'node:test'
import { launchChromium } from '#test/chromium'
import { Person } from '#test/people'
import { answerDigest, rememberedBy } from '../journeys/memory-steps.ts'
import { startBrowserWorld } from './browser-world.ts'
import { enterAs } from './enter-as.ts'
import { type Visitor, visit } from './visitor.ts'

const SUMMARY = 'Знакомство у окна.'
const FACTS = {
  ru: ['Есть кот Барсик', 'Работает по ночам и любит тишину, когда за окном уже никого нет', 'Боится грозы'],
  en: ['Has a cat called Barsik', 'Works at night and likes the quiet when nobody is left outside', 'Fears storms'],
}

const world = await startBrowserWorld({ WELCOME_CREDITS_WEB: 'cassandra:3' })
const browser = await launchChromium()

for (const locale of ['ru', 'en'] as const) {
  test(`the memory can be read and changed by everybody, on a phone and wide, by day and by night: ${locale}`, async (scope) => {
    const visitor = await visit(browser, scope, locale)
    const person = await newcomer(visitor)
    await seeEmpty(visitor)
    await tell(person, FACTS[locale])
    await seeFacts(visitor, FACTS[locale].at(-1) ?? '')
    assert.deepEqual(visitor.findings, [])
    assert.deepEqual(visitor.complaints(), [])
  })
}

test('when nobody answers the page says so', async (scope) => {
  const visitor = await visit(browser, scope, 'ru')
  await newcomer(visitor, 'silence')
  const { page, t, see, findings } = visitor
  await page.route('**/api/memory', (route) => route.fulfill({ status: 503, body: '' }))
  await page.goto(`${world.vitte.url}/memory`)
  await page.getByText(t('memory-failed')).waitFor()
  await see('memory-failed', '390')
  assert.deepEqual(findings, [])
})

async function newcomer({ page, locale }: Visitor, name: string = locale): Promise<Person> {
  const person = new Person(world.vitte.url)
  await person.signInByMail(world.sandbox, `${name}-memory@example.org`)
  await person.client.call('/api/me', { method: 'PATCH', body: { locale } })
  await person.confirmAdult()
  await person.startConversation('cassandra')
  await enterAs(page.context(), person, world.vitte.url)
  return person
}

/** Says something and has it remembered in so many facts. */
async function tell(person: Person, facts: string[]): Promise<void> {
  world.sandbox.model.control({ text: '…', delayMsPerWord: 0 })
  answerDigest(
    world.sandbox,
    SUMMARY,
    facts.map((text) => ({ line: 2, text })),
  )
  await person.talk('…')
  await rememberedBy(person, facts.at(-1) ?? '')
}

async function seeEmpty({ page, t, see }: Visitor): Promise<void> {
  await page.goto(`${world.vitte.url}/memory`)
  await page.getByText(t('memory-empty-text')).waitFor()
  await see('memory-empty')
}

async function seeFacts({ page, t, see }: Visitor, last: string): Promise<void> {
  await page.goto(`${world.vitte.url}/memory`)
  await page.getByText(last).waitFor()
  await see('memory')
  await page.getByRole('button', { name: t('memory-edit-named', { text: last }) }).click()
  await page.getByRole('textbox', { name: t('memory-field') }).fill('ага '.repeat(80))
  await page.getByText(t('memory-too-long', { count: 19 })).waitFor()
  await see('memory-too-long', '390')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: t('memory-forget-named', { text: last }) }).click()
  await page.getByRole('dialog').waitFor()
  await see('memory-forget', '390')
}
