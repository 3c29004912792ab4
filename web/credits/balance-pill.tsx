import { lazy, Suspense, useState } from 'react'
import type { Me } from '#contract/api'
import type { CreditType } from '#contract/words'
import { usePersonas } from '../api/queries.ts'
import { SparkIcon } from '../shell/icons.tsx'
import { useTexts } from '../texts/texts-provider.tsx'
import { activePrice } from './available.ts'

const BalanceSheet = lazy(() => import('./balance-sheet.tsx').then((module) => ({ default: module.BalanceSheet })))

/** What is available for the companion in view, live; pressed, it explains itself. */
export function BalancePill({ me, type: given }: { me: Me; type?: CreditType | undefined }) {
  const { t } = useTexts()
  const { data: personas } = usePersonas()
  const [open, setOpen] = useState(false)
  const type = given ?? activePrice(me, personas)?.type ?? 'basic'
  const count = me.credits[type]
  return (
    <>
      <button
        type="button"
        className="pill shrink-0"
        aria-label={t('balance-open', { balance: t(`credits-${type}-count`, { count }) })}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        <SparkIcon className="size-4 text-gold" />
        <span>{count}</span>
      </button>
      {open && (
        <Suspense>
          <BalanceSheet me={me} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
