import type { Signals } from './signals.ts'

const WAIT_DEFAULT_MS = 5_000
/** Things that expire without a signal (drafts, typing) are looked at this often. */
const LOOK_AGAIN_MS = 100

/** Resolves with the first value of `look` that is neither null, undefined nor false; rejects with `what` after `timeoutMs`. */
export function waitFor<T>(
  signals: Signals,
  look: () => T | null | undefined | false,
  what = 'the expected state of the sandbox',
  timeoutMs = WAIT_DEFAULT_MS,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = () => {
      stopListening()
      clearInterval(again)
      clearTimeout(deadline)
    }
    const attempt = () => {
      try {
        const found = look()
        if (found === null || found === undefined || found === false) return
        leave()
        resolve(found)
      } catch (error) {
        leave()
        reject(error)
      }
    }
    const stopListening = signals.listen(attempt)
    const again = setInterval(attempt, LOOK_AGAIN_MS)
    const deadline = setTimeout(() => {
      leave()
      reject(new Error(`waited ${timeoutMs} ms in vain for ${what}`))
    }, timeoutMs)
    attempt()
  })
}
