import type { FrameLocator, Page } from 'playwright-core'

/** The way from the list of companions into a story, up to the press that starts it. */
export async function chooseStory(place: Page | FrameLocator, name: string, story = 0): Promise<void> {
  await place.getByRole('link', { name: new RegExp(name) }).click()
  await place.getByRole('heading', { name, exact: true }).waitFor()
  const radio = place.getByRole('radio')
  await place.locator('label').filter({ has: radio }).nth(story).click()
  await radio
    .nth(story)
    .and(place.getByRole('radio', { checked: true }))
    .waitFor({ state: 'attached' })
}
