import type { Page } from 'playwright-core'

/** Frames without any movement after which a list is taken to stand still. */
const STILL_FRAMES = 4

/** Where numbered lines (`№7. …`) stand in the window, by number. */
export type Places = ReadonlyMap<number, number>

export interface LineWatch {
  /** The lines in view, as they stood when nothing moved last: a list that puts its measures right is not caught at it. */
  places(): Promise<Places>
  /** The numbers of all lines that were in view so far, ascending. */
  seen(): Promise<number[]>
  /** Resolves when nothing has moved for some frames. */
  stillness(): Promise<void>
}

/** Looks at the numbered lines of the talk in every frame. */
export async function watchLines(page: Page): Promise<LineWatch> {
  const watch = await page.getByRole('log').evaluateHandle((log, stillFrames) => {
    const seen = new Set<number>()
    let before = ''
    let still = 0
    let stood: [number, number][] = []
    const places = () => {
      const { top, bottom } = log.getBoundingClientRect()
      return [...log.querySelectorAll('article')].flatMap((article): [number, number][] => {
        const number = Number(/№(\d+)\./.exec(article.textContent)?.[1])
        const place = article.getBoundingClientRect()
        return number > 0 && place.bottom > top && place.top < bottom ? [[number, place.top]] : []
      })
    }
    const look = () => {
      const now = places()
      for (const [number] of now) seen.add(number)
      const shape = `${now} ${log.scrollTop} ${log.scrollHeight}`
      still = shape === before ? still + 1 : 0
      before = shape
      if (still >= stillFrames) stood = now
      requestAnimationFrame(look)
    }
    look()
    const forget = () => {
      still = 0
    }
    return { seen, stood: () => stood, forget, still: () => still }
  }, STILL_FRAMES)
  return {
    places: async () => new Map(await watch.evaluate(({ stood }) => stood())),
    seen: async () => (await watch.evaluate(({ seen }) => [...seen])).sort((one, other) => one - other),
    async stillness() {
      await watch.evaluate(({ forget }) => forget())
      await page.waitForFunction(([{ still }, frames]) => still() >= frames, [watch, STILL_FRAMES] as const)
    },
  }
}

/** How far each line that is in view before and after has moved, in whole pixels. */
export function movesBetween(before: Places, after: Places): { number: number; byPx: number }[] {
  return [...after].flatMap(([number, y]) => {
    const was = before.get(number)
    return was === undefined ? [] : [{ number, byPx: Math.round(y - was) }]
  })
}
