import type { FrameLocator, Locator, Page } from 'playwright-core'
import { waitFor } from '#test/wait-for'
import type { PageWords } from './page-words.ts'

/** The talk as it stands on the page, on the site and in the Mini App alike. */
export interface Talk {
  log: Locator
  field: Locator
  send: Locator
  stop: Locator
  balance(count: number): Locator
  say(text: string): Promise<void>
  /** Waits for this text to end in the log; gives the lengths it was seen with on the way, shortest first. */
  watchGrowing(text: string): Promise<number[]>
}

export function talkOn(place: Page | FrameLocator, t: PageWords, type: 'basic' | 'cassandra' = 'basic'): Talk {
  const button = (key: string) => place.getByRole('button', { name: t(key), exact: true })
  const log = place.getByRole('log', { name: t('chat-log') })
  const field = place.getByRole('textbox', { name: t('composer-label') })
  const send = button('composer-send')
  return {
    log,
    field,
    send,
    stop: button('composer-stop'),
    balance: (count) =>
      place.getByRole('button', { name: t('balance-open', { balance: t(`credits-${type}-count`, { count }) }) }),
    async say(text) {
      await field.fill(text)
      await send.click()
    },
    async watchGrowing(text) {
      const lengths = new Set<number>()
      const words = text.split(' ')
      await waitFor(
        async () => {
          const shown = (await log.innerText()).replace(/\s+/g, ' ')
          const grown = longestStart(words, shown)
          if (grown > 0) lengths.add(grown)
          return grown === words.length
        },
        { what: `"${text}" to its end`, deadlineMs: 20_000 },
      )
      return [...lengths]
    },
  }
}

/** How many of the first words stand there in a row. */
function longestStart(words: string[], shown: string): number {
  for (let count = words.length; count > 0; count -= 1) {
    if (shown.includes(words.slice(0, count).join(' '))) return count
  }
  return 0
}
