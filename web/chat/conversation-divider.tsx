import type { Conversation } from '#contract/api'
import { Portrait } from '../shell/portrait.tsx'
import { dayInWords } from '../texts/dates.ts'
import { useTexts } from '../texts/texts-provider.tsx'
import { accentOf } from '../theme/accent.ts'
import { useConversationOf } from './use-persona-of.ts'

interface ConversationDividerProps {
  conversationId: string
  at: string
  active: Conversation | null
}

/** Where one conversation ends and another begins: with whom, in which story, since when. */
export function ConversationDivider({ conversationId, at, active }: ConversationDividerProps) {
  const { t, locale } = useTexts()
  const conversation = useConversationOf(conversationId, active)
  const day = dayInWords(new Date(at), locale)
  if (!conversation) {
    return <p className="border-line border-t pt-4 pb-2 text-center text-[0.8125rem] text-muted">{t('chat-another')}</p>
  }
  const { persona, story } = conversation
  return (
    <div data-accent={accentOf(persona.id)} className="flex flex-col items-center gap-1 pt-6 pb-4 text-center">
      <span className="halo mb-2">
        <Portrait persona={persona} className="size-16" />
      </span>
      <span className="display text-[1.5rem]">{persona.name}</span>
      <span className="text-[0.875rem] text-muted">
        {story ? t('conversation-story', { story: story.title, day }) : t('conversation-since', { day })}
      </span>
    </div>
  )
}
