import { lazy, Suspense, useState } from 'react'
import { Link } from 'wouter'
import type { Me } from '#contract/api'
import { ClosedNote } from '../shell/closed-note.tsx'
import { useTexts } from '../texts/texts-provider.tsx'
import { useChat } from './chat-provider.tsx'

const AdultSheet = lazy(() =>
  import('../characters/adult-sheet.tsx').then((module) => ({ default: module.AdultSheet })),
)

/** In the composer's place: somebody to talk to, the word that the reader is grown up, or why there is nobody. */
export function MissingStep({ me }: { me: Me }) {
  const { t } = useTexts()
  if (me.help) return <ClosedNote help={me.help} />
  if (me.conversation) return <AdultStep />
  return (
    <>
      <p className="mb-3 text-center text-[0.875rem] text-muted">{t('chat-nobody')}</p>
      <Link href="/characters" className="button button-main w-full">
        {t('companions-choose')}
      </Link>
    </>
  )
}

function AdultStep() {
  const { t } = useTexts()
  const chat = useChat()
  const [asking, setAsking] = useState(false)
  return (
    <>
      <p className="mb-3 text-center text-[0.875rem] text-muted text-pretty">{t('adult-step')}</p>
      <button type="button" className="button button-main w-full" onClick={() => setAsking(true)}>
        {t('adult-open')}
      </button>
      {asking && (
        <Suspense>
          <AdultSheet onClose={() => setAsking(false)} onConfirmed={() => chat.outbox.flush()} />
        </Suspense>
      )}
    </>
  )
}
