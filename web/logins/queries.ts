import type { Session, UndoPreview } from '#contract/api'
import { useApi } from '../api/api-provider.tsx'
import { useKnown } from '../api/cache-provider.tsx'

export function useSessions() {
  const api = useApi()
  return useKnown<Session[]>({
    key: 'sessions',
    ask: async () => (await api.call<{ sessions: Session[] }>('GET', '/api/sessions')).sessions,
  })
}

/** What undoing the last joining would do; null when there is none, or no longer. */
export function useUndo() {
  const api = useApi()
  return useKnown<UndoPreview | null>({
    key: 'undo',
    ask: async () => (await api.call<{ undo: UndoPreview | null }>('GET', '/api/link/undo')).undo,
  })
}
