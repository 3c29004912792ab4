import { useCallback, useRef } from 'react'
import { useApi } from '../api/api-provider.tsx'

const TELL_EVERY_MS = 4000

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
