import type { ReactNode } from 'react'
import { useTexts } from '../texts/texts-provider.tsx'

interface MyBubbleProps {
  text: string
  first: boolean
  last: boolean
  dim?: boolean
  /** Time and marks, below the last line of a group. */
  children?: ReactNode
}

export function MyBubble({ text, first, last, dim, children }: MyBubbleProps) {
  const { t } = useTexts()
  return (
    <article className={`flex flex-col items-end ${first ? 'pt-3' : 'pt-0.5'}`} aria-label={t('chat-you')}>
      <div
        className={`bubble bubble-mine transition-opacity duration-200 ${dim ? 'opacity-70' : ''}`}
        data-first={first}
        data-last={last}
      >
        {text}
      </div>
      {children}
    </article>
  )
}
