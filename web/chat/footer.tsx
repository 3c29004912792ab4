import { lazy, Suspense, useState } from 'react'
import { Link } from 'wouter'
import type { Me } from '#contract/api'
import { useTexts } from '../texts/texts-provider.tsx'
import { useChat } from './chat-provider.tsx'
import { Composer } from './composer.tsx'
import { RefusalNote } from './refusal-note.tsx'

const AdultSheet = lazy(() =>
  import('../characters/adult-sheet.tsx').then((module) => ({ default: module.AdultSheet })),
)

/** Below the talk: the composer, or the one step that is missing before it. */
export function Footer({ me }: { me: Me }) {
  const { t } = useTexts()
  if (!me.conversation) {
    return (
      <FooterBar>
        <p className="mb-3 text-center text-[0.875rem] text-muted">{t('chat-nobody')}</p>
        <Link href="/characters" className="button button-main w-full">
          {t('companions-choose')}
        </Link>
      </FooterBar>
    )
  }
  if (!me.user.adultConfirmedAt) return <AdultStep />
  return (
    <FooterBar>
      <RefusalNote me={me} />
      <Composer />
    </FooterBar>
  )
}

function AdultStep() {
  const { t } = useTexts()
  const chat = useChat()
  const [asking, setAsking] = useState(false)
  return (
    <FooterBar>
      <p className="mb-3 text-center text-[0.875rem] text-muted text-pretty">{t('adult-step')}</p>
      <button type="button" className="button button-main w-full" onClick={() => setAsking(true)}>
        {t('adult-open')}
      </button>
      {asking && (
        <Suspense>
          <AdultSheet onClose={() => setAsking(false)} onConfirmed={() => chat.outbox.flush()} />
        </Suspense>
      )}
    </FooterBar>
  )
}

function FooterBar({ children }: { children: React.ReactNode }) {
  return (
    <div className="shrink-0 px-3 pt-1 pb-[calc(var(--safe-bottom)+0.75rem)] wide:px-8 wide:pb-[calc(var(--safe-bottom)+1.25rem)]">
      <div className="mx-auto w-full max-w-[42rem]">{children}</div>
    </div>
  )
}
