/** Wakes one sleeper. Rings that come while nobody sleeps are one ring: the next sleep ends at once. */
export interface Bell {
  ring(): void
  /** Sleeps until the bell rings, at most `ms`. */
  sleep(ms: number): Promise<void>
}

export function createBell(): Bell {
  let rung = false
  let wake: (() => void) | undefined
  return {
    ring() {
      rung = true
      wake?.()
    },
    async sleep(ms) {
      if (!rung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms)
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
      wake = undefined
      rung = false
    },
  }
}
