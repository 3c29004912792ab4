import { useState } from 'react'
import { DownIcon } from '../shell/icons.tsx'
import { useTexts } from '../texts/texts-provider.tsx'
import { useTimeline } from './chat-provider.tsx'

interface DownPillProps {
  /** The reader is at the end and sees what comes. */
  held: boolean
  away: boolean
  onPress(): void
}

/** The way down for who has scrolled up; it says when a reply has come there meanwhile. */
export function DownPill({ held, away, onPress }: DownPillProps) {
  const { t } = useTexts()
  const newest = useTimeline(({ messages }) => messages.findLast(({ role }) => role === 'assistant')?.id)
  const [read, setRead] = useState(newest)
  if (held && read !== newest) setRead(newest)
  if (!away) return null
  const news = read !== newest
  return (
    <button
      type="button"
      className={`pill rises -translate-x-1/2 absolute bottom-3 left-1/2 shadow-lg ${news ? 'border-accent text-accent' : ''}`}
      onClick={onPress}
    >
      <DownIcon className="size-4" />
      {news ? t('chat-new-reply') : t('chat-down')}
    </button>
  )
}
