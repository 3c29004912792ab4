import assert from 'node:assert/strict'
import { test } from 'node:test'
import { launchChromium } from '#test/chromium'
import { Person } from '#test/people'
import { enterBot } from '../journeys/bot-chat.ts'
import { startBrowserWorld } from './browser-world.ts'
import { enterAs } from './enter-as.ts'
import { type Visitor, visit } from './visitor.ts'

const TEXTS = {
  ru: ['Полить фикус', 'Позвонить маме и спросить, доехала ли посылка, которую она так долго ждала'],
  en: ['Water the ficus', 'Call mother and ask whether the parcel that she has waited for has come'],
}

const world = await startBrowserWorld()
const browser = await launchChromium()

for (const locale of ['ru', 'en'] as const) {
  test(`reminders can be read and changed by everybody, on a phone and wide, by day and by night: ${locale}`, async (scope) => {
    const visitor = await visit(browser, scope, locale)
    const { page, t, see } = visitor
    const person = await newcomer(visitor)
    await page.goto(`${world.vitte.url}/reminders`)
    await page.getByText(t('reminders-none')).waitFor()
    await see('reminders-empty')
    for (const [index, text] of TEXTS[locale].entries()) {
      await person.client.call('/api/reminders', { body: { at: `2030-12-3${index}T09:30:00Z`, text } })
    }
    await page.getByText(TEXTS[locale].at(-1) ?? '').waitFor()
    await see('reminders')
    await page.getByRole('button', { name: t('reminders-add') }).click()
    await page.getByRole('button', { name: t('reminders-set') }).click()
    await page.getByText(t('reminders-empty')).waitFor()
    await see('reminders-new')
    await page.getByRole('button', { name: t('action-cancel') }).click()
    await page.getByRole('button', { name: t('reminders-cancel-named', { text: TEXTS[locale][0] ?? '' }) }).click()
    await page.getByRole('dialog').waitFor()
    await see('reminders-cancel', '390')
    assert.deepEqual(visitor.findings, [])
    assert.deepEqual(visitor.complaints(), [])
  })
}

test('who has no Telegram is told what it is for, and when nobody answers the page says so', async (scope) => {
  const visitor = await visit(browser, scope, 'ru')
  const { page, t, see, findings } = visitor
  const person = new Person(world.vitte.url)
  await person.signInByMail(world.sandbox, 'reminders@example.org')
  await enterAs(page.context(), person, world.vitte.url)
  await page.goto(`${world.vitte.url}/reminders`)
  await page.getByText(t('reminders-web')).waitFor()
  await see('reminders-web')
  await page.route('**/api/reminders', (route) => route.fulfill({ status: 503, body: '' }))
  await page.reload()
  await page.getByText(t('reminders-failed')).waitFor()
  await see('reminders-failed', '390')
  assert.deepEqual(findings, [])
})

async function newcomer({ page, locale }: Visitor): Promise<Person> {
  const { id } = world.sandbox.telegram.addPerson({ firstName: 'Вера', languageCode: locale })
  await enterBot(world.sandbox, id)
  const person = new Person(world.vitte.url)
  await person.signInByWidget(world.sandbox, id)
  await person.client.call('/api/me', { method: 'PATCH', body: { locale } })
  await enterAs(page.context(), person, world.vitte.url)
  return person
}
