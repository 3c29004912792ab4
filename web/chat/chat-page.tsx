import { lazy, Suspense, useRef } from 'react'
import { Redirect } from 'wouter'
import type { Me } from '#contract/api'
import { PageNote } from '../shell/page-note.tsx'
import { StartUp } from '../shell/start-up.tsx'
import { useStore } from '../shell/store.ts'
import { usePage } from '../shell/use-page.ts'
import { useTexts } from '../texts/texts-provider.tsx'
import { accentOf } from '../theme/accent.ts'
import { ChatHeader } from './chat-header.tsx'
import { useChat, useTimeline } from './chat-provider.tsx'
import { ConnectionStrip } from './connection-strip.tsx'
import { Footer } from './footer.tsx'
import { ListSkeleton } from './list-skeleton.tsx'
import { MessageList } from './message-list.tsx'

const ConnectOffer = lazy(() =>
  import('../settings/connect-offer.tsx').then((module) => ({ default: module.ConnectOffer })),
)

/** `/`: the talk; or the companions, for whoever has never talked to one. */
export function ChatPage({ me }: { me: Me }) {
  const loading = useTimeline((timeline) => timeline.state === 'loading')
  const empty = useTimeline((timeline) => timeline.state === 'ready' && timeline.messages.length === 0)
  if (me.conversation) return <Talk me={me} />
  if (empty) return <Redirect to="/characters" replace />
  // Until it is known which of the two it will be: a menu opened meanwhile would go away under the finger.
  return loading ? <StartUp /> : <Talk me={me} />
}

function Talk({ me }: { me: Me }) {
  const { t } = useTexts()
  const state = useTimeline((timeline) => timeline.state)
  const chat = useChat()
  const main = useRef<HTMLElement>(null)
  usePage(me.conversation?.persona.name ?? t('chat-history'), main)
  return (
    <div className="evening flex h-full flex-col" data-accent={accentOf(me.conversation?.persona.id)}>
      <ChatHeader me={me} />
      <ConnectionStrip />
      {me.offers.connectTelegram && (
        <div className="px-3 py-2 empty:hidden wide:hidden">
          <Suspense fallback={<div className="h-15" />}>
            <ConnectOffer me={me} slim />
          </Suspense>
        </div>
      )}
      <main ref={main} tabIndex={-1} className="flex min-h-0 flex-1 flex-col outline-none">
        {state === 'failed' ? (
          <div className="min-h-0 flex-1">
            <PageNote title={t('chat-failed-title')} text={t('chat-failed-text')}>
              <button type="button" className="button button-main" onClick={() => void chat.begin()}>
                {t('action-again')}
              </button>
            </PageNote>
          </div>
        ) : state === 'loading' ? (
          <ListSkeleton />
        ) : (
          <MessageList me={me} />
        )}
        <Footer me={me} />
      </main>
      <SpokenReply name={me.conversation?.persona.name ?? ''} />
    </div>
  )
}

// What a voice would stumble over.
const MARKS = /[*_`#>~]/g

/** Reads finished replies aloud; the growing text itself is never read. */
function SpokenReply({ name }: { name: string }) {
  const text = useStore(useChat().spoken, (spoken) => spoken)
  return (
    <p className="sr-only" aria-live="polite">
      {text && `${name}: ${text.replace(MARKS, '')}`}
    </p>
  )
}
