import assert from 'node:assert/strict'
import { test } from 'node:test'
import { launchChromium, openPage } from '#test/chromium'
import { startBrowserWorld } from './browser-world.ts'
import { chooseStory } from './choosing.ts'
import { complaintsOf } from './complaints.ts'
import { lookAtApp, MOODS, type Mood } from './looks.ts'
import { type Messenger, openMessenger } from './messenger.ts'
import { pageWords } from './page-words.ts'
import { talkOn } from './talk.ts'

const world = await startBrowserWorld()
const browser = await launchChromium()
const t = await pageWords('ru')

for (const mood of MOODS) {
  test(`every screen of the Mini App can be used by everybody, on a phone and wide, ${mood}`, async () => {
    const { id } = world.sandbox.telegram.addPerson({ firstName: 'Вера', languageCode: 'ru' })
    const watched = await openPage(browser, { colorScheme: mood, reducedMotion: 'reduce' })
    const findings = await walkThrough(await openMessenger(watched.page, world.sandbox, id), mood)
    assert.deepEqual(findings, [])
    assert.deepEqual(complaintsOf(watched), [])
    await watched.page.context().close()
  })
}

/** A newcomer's screens, who goes to the Mini App before anything else. */
async function walkThrough(there: Messenger, mood: Mood): Promise<string[]> {
  const { app } = there
  const button = (key: string) => app.getByRole('button', { name: t(key), exact: true })
  const findings: string[] = []
  const see = async (name: string) => findings.push(...(await lookAtApp(there, `mini-app-${name}`, [mood])))
  await there.start()
  await there.openApp()
  await app.getByRole('heading', { name: t('companions-title') }).waitFor()
  await see('companions')
  await chooseStory(app, t, 'Кассандра')
  await see('companion')
  await button('story-start').click()
  await app.getByRole('dialog', { name: t('adult-title') }).waitFor()
  await see('adult')
  await button('adult-yes').click()
  await app.getByRole('heading', { name: t('started-title', { name: 'Кассандра' }) }).waitFor()
  await see('started')
  await app.getByRole('link', { name: t('started-stay') }).click()
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
  return findings
}
