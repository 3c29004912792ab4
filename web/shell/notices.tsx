import { useEffect } from 'react'
import { createStore, useStore } from './store.ts'

const SHOWN_MS = 6000

const notice = createStore<{ text: string } | null>(null)

/** Says one sentence at the foot of the page, for a few seconds. */
export function tell(text: string): void {
  notice.set({ text })
}

export function Notices() {
  const now = useStore(notice, (value) => value)
  useEffect(() => {
    if (!now) return
    const timer = setTimeout(() => notice.set(null), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [now])
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-x-0 bottom-[calc(var(--safe-bottom)+5.5rem)] z-30 grid place-items-center px-4"
    >
      {now && (
        <p className="rises max-w-md rounded-2xl bg-ink px-4 py-2.5 text-center text-ground text-sm shadow-lg">
          {now.text}
        </p>
      )}
    </div>
  )
}
