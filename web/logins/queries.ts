import type { Session, UndoPreview } from '#contract/api'
import { useApi } from '../api/api-provider.tsx'
import { useKnown } from '../api/cache-provider.tsx'

interface Sessions {
  sessions: Session[]
  /** A login was proven in this session within the last minutes. */
  fresh: boolean
}

export function useSessions() {
  const api = useApi()
  return useKnown<Sessions>({ key: 'sessions', ask: () => api.call('GET', '/api/sessions') })
}

/** What undoing the last joining would do; null when there is none, or no longer. */
export function useUndo() {
  const api = useApi()
  return useKnown<UndoPreview | null>({
    key: 'undo',
    ask: async () => (await api.call<{ undo: UndoPreview | null }>('GET', '/api/link/undo')).undo,
  })
}
