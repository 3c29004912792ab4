/** So many signs that are neither letter nor digit may stand between two of its signs: spaces, hyphens, stars. */
const GAP_MAX = 3
/** An ending that is so much of it goes too. */
const TAIL_SHARE = 0.5
const SIGN = /[\p{L}\p{N}]/u

export interface CanaryFilter {
  /** What of the text so far may be shown now. */
  add(delta: string): string
  /** What was still held back. */
  end(): string
}

/**
 * Takes a word out of a text that comes in pieces, wherever the pieces end, in any case and with signs in between. Held
 * back is only what may be its beginning. `canary`: lower case letters and digits; `caught` is called for each time.
 */
export function stripCanary(canary: string, caught: () => void): CanaryFilter {
  let held = ''
  return {
    add(delta) {
      held += delta
      return take(false)
    },
    end: () => take(true),
  }

  function take(isEnd: boolean): string {
    let shown = ''
    let from = 0
    let at = 0
    while (at < held.length) {
      const { length, signs } = matchAt(held, at, canary)
      if (signs === canary.length) {
        shown += held.slice(from, at)
        caught()
        at += length
        from = at
      } else if (at + length === held.length && signs > 0) {
        break
      } else {
        at += 1
      }
    }
    shown += held.slice(from, at)
    held = held.slice(at)
    return isEnd ? shown + tail() : shown
  }

  /** A word that was cut off near its end says as much as the whole. */
  function tail(): string {
    const left = held
    held = ''
    if (left === '' || matchAt(left, 0, canary).signs < canary.length * TAIL_SHARE) return left
    caught()
    return ''
  }
}

/** How many signs of the word stand from here on, and over what length. */
function matchAt(text: string, start: number, canary: string): { signs: number; length: number } {
  let signs = 0
  let gap = 0
  let at = start
  for (; at < text.length && signs < canary.length; at += 1) {
    const sign = text.charAt(at)
    if (sign.toLowerCase() === canary[signs]) {
      signs += 1
      gap = 0
    } else if (signs > 0 && gap < GAP_MAX && !SIGN.test(sign)) {
      gap += 1
    } else {
      break
    }
  }
  return { signs, length: at - start }
}
