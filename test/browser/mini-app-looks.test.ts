import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Locale } from '#contract/words'
import { launchChromium, openPage } from '#test/chromium'
import { startBrowserWorld } from './browser-world.ts'
import { chooseStory } from './choosing.ts'
import { complaintsOf } from './complaints.ts'
import { lookAtApp, type Mood } from './looks.ts'
import { type Messenger, openMessenger } from './messenger.ts'
import { type PageWords, pageWords } from './page-words.ts'
import { talkOn } from './talk.ts'

const READERS: { mood: Mood; locale: Locale; companion: string }[] = [
  { mood: 'light', locale: 'ru', companion: 'Кассандра' },
  { mood: 'dark', locale: 'en', companion: 'Cassandra' },
]

const world = await startBrowserWorld()
const browser = await launchChromium()

for (const { mood, locale, companion } of READERS) {
  test(`every screen of the Mini App can be used by everybody, on a phone and wide, ${mood}, ${locale}`, async () => {
    const { id } = world.sandbox.telegram.addPerson({ firstName: 'Вера', languageCode: locale })
    const watched = await openPage(browser, { colorScheme: mood, reducedMotion: 'reduce' })
    const there = await openMessenger(watched.page, world.sandbox, id)
    const see = async (name: string) => lookAtApp(there, `mini-app-${locale}-${name}`, [mood])
    const findings = await walkThrough(there, await pageWords(locale), companion, see)
    assert.deepEqual(findings, [])
    assert.deepEqual(complaintsOf(watched), [])
    await watched.page.context().close()
  })
}

/** A newcomer's screens, who goes to the Mini App before anything else. */
async function walkThrough(
  there: Messenger,
  t: PageWords,
  companion: string,
  look: (name: string) => Promise<string[]>,
): Promise<string[]> {
  const { app } = there
  const button = (key: string) => app.getByRole('button', { name: t(key), exact: true })
  const findings: string[] = []
  const see = async (name: string) => findings.push(...(await look(name)))
  await there.start()
  await there.follow('persona_nobody')
  await app.getByText(t('companions-gone')).waitFor()
  await see('companions-gone')
  await there.closeApp()
  await there.openApp()
  await app.getByRole('heading', { name: t('companions-title') }).waitFor()
  await see('companions')
  await chooseStory(app, companion)
  await see('companion')
  await there.bigButton(t('story-start')).click()
  await app.getByRole('dialog', { name: t('adult-title') }).waitFor()
  await there.bigButton(t('story-start')).waitFor({ state: 'hidden' })
  await see('adult')
  await button('adult-yes').click()
  await app.getByRole('heading', { name: t('started-title', { name: companion }) }).waitFor()
  await see('started')
  await app.getByRole('link', { name: t('started-stay') }).click()
  await app.getByRole('article', { name: companion }).waitFor()
  await see('beginning')
  const talk = talkOn(app, t, 'cassandra')
  world.sandbox.model.control({ text: 'Карта легла **прямо**. Что ты в ней видишь первым?', delayMsPerWord: 0 })
  await talk.say('Вытяни мне карту на этот вечер')
  await talk.log.getByText('Что ты в ней видишь первым?').waitFor()
  await talk.balance(2).click()
  await app.getByRole('dialog', { name: t('balance-title') }).waitFor()
  await see('balance')
  await button('action-close').click()
  await see('talk')
  await button('menu-open').click()
  await app.getByRole('dialog', { name: 'Вера' }).waitFor()
  await see('menu')
  await button('menu-companions').click()
  await app.getByRole('link', { name: new RegExp(companion) }).click()
  await there.bigButton(t('story-renew')).waitFor()
  await see('renew')
  return findings
}
