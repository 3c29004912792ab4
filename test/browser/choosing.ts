import type { FrameLocator, Page } from 'playwright-core'
import type { PageWords } from './page-words.ts'

/** The way from the list of companions into a story, up to the press that starts it. */
export async function chooseStory(place: Page | FrameLocator, t: PageWords, name: string, story = 0): Promise<void> {
  await place.getByRole('link', { name: new RegExp(name) }).click()
  await place.getByRole('heading', { name, exact: true }).waitFor()
  const radio = place.getByRole('radio')
  await place.locator('label').filter({ has: radio }).nth(story).click()
  await place.getByRole('button', { name: t('story-start') }).waitFor()
}
