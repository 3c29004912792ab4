import { lazy, Suspense, useEffect } from 'react'
import { Redirect } from 'wouter'
import type { Me } from '#contract/api'
import { PageNote } from '../shell/page-note.tsx'
import { useStore } from '../shell/store.ts'
import { accentOf } from '../theme/accent.ts'
import { useTexts } from '../texts/texts-provider.tsx'
import { ChatHeader } from './chat-header.tsx'
import { useChat, useTimeline } from './chat-provider.tsx'
import { Footer } from './footer.tsx'
import { ListSkeleton } from './list-skeleton.tsx'
import { ConnectionStrip } from './connection-strip.tsx'

const loadList = () => import('./message-list.tsx').then((module) => ({ default: module.MessageList }))
const MessageList = lazy(loadList)

export function ChatPage({ me }: { me: Me }) {
  const { t } = useTexts()
  const state = useTimeline((timeline) => timeline.state)
  const empty = useTimeline((timeline) => timeline.state === 'ready' && timeline.messages.length === 0)
  const chat = useChat()
  // The list's code comes while the history does.
  useEffect(() => void loadList(), [])

  if (empty && !me.conversation) return <Redirect to="/companions" replace />
  return (
    <div className="evening flex h-full flex-col" data-accent={accentOf(me.conversation?.persona.id)}>
      <ChatHeader me={me} />
      <ConnectionStrip />
      {state === 'failed' ? (
        <div className="min-h-0 flex-1">
          <PageNote title={t('chat-failed-title')} text={t('chat-failed-text')}>
            <button type="button" className="button button-main" onClick={() => void chat.begin()}>
              {t('action-again')}
            </button>
          </PageNote>
        </div>
      ) : (
        <Suspense fallback={<ListSkeleton />}>
          {state === 'loading' ? <ListSkeleton /> : <MessageList me={me} />}
        </Suspense>
      )}
      <Footer me={me} />
      <SpokenReply name={me.conversation?.persona.name ?? ''} />
    </div>
  )
}

/** Reads finished replies aloud; the growing text itself is never read. */
function SpokenReply({ name }: { name: string }) {
  const text = useStore(useChat().spoken, (spoken) => spoken)
  return (
    <p className="sr-only" aria-live="polite">
      {text && `${name}: ${text}`}
    </p>
  )
}
