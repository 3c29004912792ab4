import { useSyncExternalStore } from 'react'
import { useStore } from '../shell/store.ts'
import { useTexts } from '../texts/texts-provider.tsx'
import { useChat } from './chat-provider.tsx'

/** Says that the line is cut, and that nothing is lost by it. A short hiccup shows nothing. */
export function ConnectionStrip() {
  const { t } = useTexts()
  const status = useStore(useChat().status, (now) => now)
  const online = useSyncExternalStore(onNetwork, () => navigator.onLine)
  if (online && status !== 'waiting' && status !== 'crowded') return null
  return (
    <p
      role="status"
      className="appears-late shrink-0 border-line border-b bg-sunk px-4 py-1.5 text-center text-[0.8125rem] text-ink"
    >
      {t(online ? `connection-${status}` : 'connection-offline')}
    </p>
  )
}

function onNetwork(listener: () => void): () => void {
  window.addEventListener('online', listener)
  window.addEventListener('offline', listener)
  return () => {
    window.removeEventListener('online', listener)
    window.removeEventListener('offline', listener)
  }
}
