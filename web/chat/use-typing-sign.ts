import { useCallback, useRef } from 'react'
import { TYPING_SECONDS } from '#contract/limits'
import { useApi } from '../api/api-provider.tsx'

// Twice in the time for which it counts would be enough; a little less, as the way takes time too.
const TELL_EVERY_MS = (TYPING_SECONDS * 1000 * 2) / 3

/** Lets the reader's other pages know that something is being written; whether it arrives matters to nobody. */
export function useTypingSign(): () => void {
  const api = useApi()
  const toldAt = useRef(0)
  return useCallback(() => {
    if (Date.now() - toldAt.current < TELL_EVERY_MS) return
    toldAt.current = Date.now()
    api.call('POST', '/api/typing').catch(() => undefined)
  }, [api])
}
