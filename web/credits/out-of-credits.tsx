import { lazy, type ReactNode, Suspense, useState } from 'react'
import { Link } from 'wouter'
import type { Me, Persona } from '#contract/api'
import type { CreditType } from '#contract/words'
import { usePersonas } from '../api/queries.ts'
import { useChat } from '../chat/chat-provider.tsx'
import { useStore } from '../shell/store.ts'
import { useTexts } from '../texts/texts-provider.tsx'
import { affordable } from './available.ts'
import { CreditsTexts } from './credits-texts.tsx'
import { DebtLine } from './debt-note.tsx'
import { ShopButton } from './shop-button.tsx'

const ConnectSheet = lazy(() =>
  import('../settings/connect-sheet.tsx').then((module) => ({ default: module.ConnectSheet })),
)

/** The balance does not pay for the next reply: what is kept, and one way on. */
export function OutOfCredits({ me, type }: { me: Me; type: CreditType }) {
  return (
    <CreditsTexts>
      <Spent me={me} type={type} />
    </CreditsTexts>
  )
}

/** The person's own limit of the day is used up. */
export function CapReached() {
  return (
    <CreditsTexts>
      <CapSpent />
    </CreditsTexts>
  )
}

function Spent({ me, type }: { me: Me; type: CreditType }) {
  const { t } = useTexts()
  const kept = useStore(useChat().draft, (draft) => draft !== '')
  const { data: personas } = usePersonas()
  const owed = me.debt[type] > 0
  return (
    <Note label={t('spent-title')} title={owed ? t('debt-title') : t(`spent-${type}`)}>
      {owed && <DebtLine type={type} count={me.debt[type]} />}
      <p className="mt-1 text-[0.9375rem] text-muted text-pretty">{kept ? t('spent-kept') : t('spent-history')}</p>
      <div className="mt-3 flex flex-wrap items-center gap-x-5 gap-y-1">
        <WayOn me={me} other={affordable(me, personas)} />
        <Link href="/credits" className="button-text inline-flex min-h-11 items-center">
          {t('balance-more')}
        </Link>
      </div>
    </Note>
  )
}

function CapSpent() {
  const { t } = useTexts()
  const kept = useStore(useChat().draft, (draft) => draft !== '')
  return (
    <Note label={t('spent-cap')} title={t('spent-cap')}>
      <p className="mt-1 text-[0.9375rem] text-muted text-pretty">
        {t('spent-cap-text')} {kept && t('spent-kept')}
      </p>
      <Link href="/credits?cap" className="button button-quiet mt-3">
        {t('spent-cap-change')}
      </Link>
    </Note>
  )
}

function Note({ label, title, children }: { label: string; title: string; children: ReactNode }) {
  return (
    <section className="card rises mb-3 px-5 py-4" aria-label={label}>
      <h2 className="text-[1.375rem]">{title}</h2>
      {children}
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
        <ShopButton className="button-text min-h-11" />
      </>
    )
  }
  return (
    <>
      <ShopButton className="button button-main" />
      {other && (
        <Link href={`/characters/${other.id}`} className="button-text inline-flex min-h-11 items-center">
          {t('spent-other', { name: other.name })}
        </Link>
      )}
    </>
  )
}
