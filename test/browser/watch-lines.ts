import type { Page } from 'playwright-core'

/** What a reader does not see as a jump. */
const STILL_WITHIN_PX = 2

export interface LineWatch {
  /** The numbers of the lines that were in view so far, ascending. */
  seen(): Promise<number[]>
  /** Where the lines in view stand, by number. */
  places(): Promise<Map<number, number>>
  /** Every frame so far in which a line moved up, or one line moved otherwise than another. */
  jumps(): Promise<string[]>
  /** Resolves when the list has stood still for three frames. */
  stillness(): Promise<void>
}

/**
 * Looks at the numbered lines (`№7. …`) of the talk in every frame while somebody scrolls up: all lines in view must
 * move down together. It looks right after a frame is painted: before, the list may still be measuring itself.
 */
export async function watchLines(page: Page): Promise<LineWatch> {
  const watch = await page.getByRole('log').evaluateHandle((log, within) => {
    const seen = new Set<number>()
    const jumps: string[] = []
    let before = new Map<number, number>()
    let still = 0
    const places = () => {
      const { top, bottom } = log.getBoundingClientRect()
      const now = new Map<number, number>()
      for (const article of log.querySelectorAll('article')) {
        const number = Number(/№(\d+)\./.exec(article.textContent)?.[1])
        const place = article.getBoundingClientRect()
        if (number > 0 && place.bottom > top && place.top < bottom) now.set(number, place.top)
      }
      return now
    }
    const look = () => {
      const now = places()
      const moves = [...now].flatMap(([number, y]) => {
        const was = before.get(number)
        return was === undefined ? [] : [{ number, by: y - was }]
      })
      const least = Math.min(...moves.map(({ by }) => by))
      const most = Math.max(...moves.map(({ by }) => by))
      if (least < -within || most - least > within) {
        jumps.push(moves.map(({ number, by }) => `№${number} by ${Math.round(by)} px`).join(', '))
      }
      still = moves.length > 0 && least === 0 && most === 0 ? still + 1 : 0
      for (const number of now.keys()) seen.add(number)
      before = now
    }
    const probe = document.createElement('i')
    probe.hidden = false
    Object.assign(probe.style, { position: 'fixed', top: '0', left: '0', height: '0' })
    document.body.append(probe)
    new ResizeObserver(look).observe(probe)
    const frame = (time: number) => {
      probe.style.width = probe.style.width === '1px' ? '2px' : '1px'
      requestAnimationFrame(frame)
      void time
    }
    requestAnimationFrame(frame)
    return { seen, jumps, places, still: () => still }
  }, STILL_WITHIN_PX)
  return {
    seen: async () => (await watch.evaluate(({ seen }) => [...seen])).sort((one, other) => one - other),
    places: async () => new Map(await watch.evaluate(({ places }) => [...places()])),
    jumps: () => watch.evaluate(({ jumps }) => jumps),
    async stillness() {
      await page.waitForFunction(({ still }) => still() >= 3, watch)
    },
  }
}
