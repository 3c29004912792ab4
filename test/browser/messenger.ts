import type { FrameLocator, Locator, Page } from 'playwright-core'
import type { Sandbox } from '#sandbox'

/** The sandbox's Telegram page as one person sees it, in Russian. */
export interface Messenger {
  page: Page
  /** Presses the first button that is offered in an empty chat. */
  start(): Promise<void>
  /** Presses a button under a message of the bot. */
  press(name: string): Promise<void>
  say(text: string): Promise<void>
  /** What the bot has said. */
  heard: Locator
  /** The Mini App in its frame; empty while none is open. */
  app: FrameLocator
  /** Opens the Mini App by the menu button beside the composer. */
  openApp(): Promise<void>
  closeApp(): Promise<void>
  /** Follows the bot's `startapp` link with this word. */
  follow(word: string): Promise<void>
  /** The big button of Telegram below the Mini App. */
  bigButton(name: string): Locator
  /** How often the phone would have answered a touch in this way, such as `notification-success`. */
  felt(kind: string): Promise<number>
  /** The element that holds the Mini App. */
  frame: Locator
}

export async function openMessenger(page: Page, sandbox: Sandbox, personId: number): Promise<Messenger> {
  await page.goto(`${sandbox.url}/#${personId}`)
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const frame = page.locator('iframe[title="Мини-приложение"]')
  return {
    page,
    frame,
    heard: page.locator('.message.from-bot'),
    app: frame.contentFrame(),
    start: () => button('Начать').click(),
    press: (name) => page.getByRole('listitem').getByRole('button', { name }).last().click(),
    async say(text) {
      await page.getByRole('textbox', { name: 'Сообщение' }).fill(text)
      await button('Отправить').click()
    },
    openApp: () => page.getByRole('main').getByRole('button', { name: 'Vitte', exact: true }).click(),
    closeApp: () => button('Закрыть').click(),
    async follow(word) {
      await page.evaluate((hash) => {
        location.hash = hash
      }, `${personId}?startapp=${word}`)
      await frame.waitFor()
    },
    bigButton: (name) => page.locator('.app-main').and(button(name)),
    felt: async (kind) => Number(await page.locator('.sheet').getAttribute(`data-felt-${kind}`)),
  }
}
