import { lazy, Suspense, useState } from 'react'
import { Link } from 'wouter'
import type { Me, Persona } from '#contract/api'
import type { CreditType } from '#contract/words'
import { usePersonas } from '../api/queries.ts'
import { useChat } from '../chat/chat-provider.tsx'
import { useStore } from '../shell/store.ts'
import { useTexts } from '../texts/texts-provider.tsx'
import { affordable } from './available.ts'

const ConnectSheet = lazy(() =>
  import('../settings/connect-sheet.tsx').then((module) => ({ default: module.ConnectSheet })),
)

/** The balance does not pay for the next reply: what is kept, and one way on. */
export function OutOfCredits({ me, type }: { me: Me; type: CreditType }) {
  const { t } = useTexts()
  const kept = useStore(useChat().draft, (draft) => draft !== '')
  const { data: personas } = usePersonas()
  return (
    <section className="card rises mb-3 px-5 py-4" aria-label={t('spent-title')}>
      <h2 className="text-[1.375rem]">{t(`spent-${type}`)}</h2>
      <p className="mt-1 text-[0.9375rem] text-muted text-pretty">{kept ? t('spent-kept') : t('spent-history')}</p>
      <div className="mt-3 flex flex-wrap items-center gap-x-5 gap-y-1">
        <WayOn me={me} other={affordable(me, personas)} />
        <Link href="/credits" className="button-text inline-flex min-h-11 items-center">
          {t('balance-more')}
        </Link>
      </div>
    </section>
  )
}

function WayOn({ me, other }: { me: Me; other: Persona | undefined }) {
  const { t } = useTexts()
  const [connecting, setConnecting] = useState(false)
  if (me.offers.connectTelegram) {
    return (
      <>
        <button type="button" className="button button-main" onClick={() => setConnecting(true)}>
          {t('connect-action')}
        </button>
        {connecting && (
          <Suspense>
            <ConnectSheet offer={me.offers.connectTelegram} onClose={() => setConnecting(false)} />
          </Suspense>
        )}
      </>
    )
  }
  if (!other) return null
  return (
    <Link href={`/characters/${other.id}`} className="button button-quiet">
      {t('spent-other', { name: other.name })}
    </Link>
  )
}
