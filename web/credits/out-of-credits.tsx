import { lazy, Suspense, useState } from 'react'
import { Link } from 'wouter'
import type { Me } from '#contract/api'
import { usePersonas } from '../api/queries.ts'
import { useChat } from '../chat/chat-provider.tsx'
import { useStore } from '../shell/store.ts'
import { useTexts } from '../texts/texts-provider.tsx'
import { activePrice, affordable, repliesLeft } from './available.ts'

const ConnectSheet = lazy(() =>
  import('../settings/connect-sheet.tsx').then((module) => ({ default: module.ConnectSheet })),
)

/** Above the composer when the balance does not pay for a reply, or when the server said no for another reason. */
export function OutOfCredits({ me }: { me: Me }) {
  const { t } = useTexts()
  const chat = useChat()
  const { data: personas } = usePersonas()
  const refusal = useStore(chat.refusal, (now) => now)
  const draft = useStore(chat.draft, (now) => now !== '')
  const price = activePrice(me, personas)
  const spent = price !== null && repliesLeft(me, price) < 1
  if (!spent) {
    const said = refusal && refusal.code !== 'insufficient_credits' ? refusal.detail : ''
    return said ? <p role="alert" className="rises mb-2 px-2 text-[0.875rem] text-danger">{said}</p> : null
  }
  return (
    <section className="card rises mb-3 px-5 py-4" aria-label={t('spent-title')}>
      <h2 className="text-[1.375rem]">{t(`spent-${price.type}`)}</h2>
      <p className="mt-1 text-[0.9375rem] text-muted text-pretty">{draft ? t('spent-kept') : t('spent-history')}</p>
      <WayOn me={me} other={affordable(me, personas)?.id} name={affordable(me, personas)?.name} />
    </section>
  )
}

function WayOn({ me, other, name }: { me: Me; other: string | undefined; name: string | undefined }) {
  const { t } = useTexts()
  const [connecting, setConnecting] = useState(false)
  if (me.offers.connectTelegram) {
    return (
      <>
        <button type="button" className="button button-main mt-3" onClick={() => setConnecting(true)}>
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
    <Link href={`/companions/${other}`} className="button button-quiet mt-3">
      {t('spent-other', { name: name ?? '' })}
    </Link>
  )
}
