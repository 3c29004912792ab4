import { lazy, Suspense, useState } from 'react'
import type { Me } from '#contract/api'
import { visitStorage } from '../shell/guarded-storage.ts'
import { CloseIcon, PlaneIcon } from '../shell/icons.tsx'
import { useTexts } from '../texts/texts-provider.tsx'

const ConnectSheet = lazy(() => import('./connect-sheet.tsx').then((module) => ({ default: module.ConnectSheet })))

const DISMISSED_KEY = 'vitte.connect-dismissed'

/** The standing offer to connect Telegram, above a talk in two lines that the press explains. Put away, it is back at the next visit. */
export function ConnectOffer({ me, slim = false }: { me: Me; slim?: boolean }) {
  const { t } = useTexts()
  const [dismissed, setDismissed] = useState(() => visitStorage.get(DISMISSED_KEY) === me.user.id)
  const [open, setOpen] = useState(false)
  const offer = me.offers.connectTelegram
  if (!offer || dismissed) return null
  return (
    <aside
      className={`card relative flex gap-3 pr-11 pl-4 ${slim ? 'items-center py-1.5' : 'items-start py-3'}`}
      aria-label={t('connect-title')}
    >
      <PlaneIcon className="mt-0.5 size-5 shrink-0 text-accent" />
      <div className={`flex min-w-0 text-[0.9375rem] leading-snug ${slim ? 'flex-col-reverse' : 'flex-col gap-1'}`}>
        <p className={slim ? 'truncate text-[0.8125rem] text-muted' : 'text-pretty'}>
          {offer.reasons[0] ?? t('connect-title')}
        </p>
        <button type="button" className="button-text min-h-7 self-start" onClick={() => setOpen(true)}>
          {t('connect-action')}
        </button>
      </div>
      <button
        type="button"
        className="icon-button absolute top-1 right-1 size-10"
        aria-label={t('connect-later')}
        title={t('connect-later')}
        onClick={() => {
          visitStorage.set(DISMISSED_KEY, me.user.id)
          setDismissed(true)
        }}
      >
        <CloseIcon className="size-4" />
      </button>
      {open && (
        <Suspense>
          <ConnectSheet offer={offer} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </aside>
  )
}
