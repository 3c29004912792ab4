import assert from 'node:assert/strict'
import { test } from 'node:test'
import { launchChromium } from '#test/chromium'
import { Person } from '#test/people'
import { startBrowserWorld } from './browser-world.ts'
import { enterAs } from './enter-as.ts'
import { SIZES } from './looks.ts'
import { talkOn } from './talk.ts'
import { type Visitor, visit } from './visitor.ts'

const ANSWER = 'Сначала **чай**, потом разговор:\n\n- достань чашку;\n- открой окно;\n- расскажи, что было *сегодня*.'

const world = await startBrowserWorld({ WELCOME_CREDITS_WEB: 'basic:2' })
const browser = await launchChromium()

test('talking can be done by everybody, on a phone and wide, by day and by night', async (scope) => {
  const person = new Person(world.vitte.url)
  await person.signInByMail(world.sandbox, 'talker@example.org')
  await person.confirmAdult()
  await person.startConversation('cassandra')
  await person.startConversation('arina')
  const visitor = await visit(browser, scope, 'ru')
  await enterAs(visitor.page.context(), person, world.vitte.url)
  await visitor.page.goto(world.vitte.url)
  await seeTalk(visitor)
  await seeSheets(visitor)
  assert.deepEqual(visitor.findings, [])
  assert.deepEqual(visitor.complaints(), [])
})

async function seeTalk({ page, t, see }: Visitor): Promise<void> {
  const { model } = world.sandbox
  const talk = talkOn(page, t)
  model.control({ hold: true })
  await talk.say('Как прошёл твой день?')
  await talk.stop.waitFor()
  await see('waiting')
  model.control({ hold: false, text: ANSWER })
  await talk.log.getByText('расскажи, что было').waitFor()
  model.control({ failures: [{ kind: '503', times: 3, retryAfterSeconds: 0 }] })
  await talk.say('А если не получится?')
  await talk.log.getByText(t('unanswered-failed')).waitFor()
  await see('failed')
  await talk.log.getByRole('button', { name: t('action-again') }).click()
  await page.getByText(t('spent-basic')).waitFor()
  await talk.field.fill('Этот текст подождёт')
  await see('spent')
}

async function seeSheets({ page, t, see, press }: Visitor): Promise<void> {
  const balance = page.getByRole('button', {
    name: t('balance-open', { balance: t('credits-basic-count', { count: 0 }) }),
  })
  const offer = page.getByRole('complementary', { name: t('connect-title') }).filter({ visible: true })
  const openings: Record<string, () => Promise<void>> = {
    report: () =>
      page
        .getByRole('button', { name: t('report-open') })
        .last()
        .click(),
    balance: () => balance.click(),
    menu: () => press('menu-open'),
    connect: () => offer.getByRole('button', { name: t('connect-action') }).click(),
  }
  for (const width of ['390', '1280'] as const) {
    await page.setViewportSize(SIZES[width])
    for (const [name, open] of Object.entries(openings)) {
      await open()
      await page.getByRole('dialog').waitFor()
      await see(name, width)
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
    }
  }
  await page.goto(`${world.vitte.url}/chat/all`)
  await page.getByText(t('conversations-lead')).waitFor()
  await see('conversations')
}
