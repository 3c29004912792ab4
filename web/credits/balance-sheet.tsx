import { Link } from 'wouter'
import type { Me } from '#contract/api'
import { CREDIT_TYPES } from '#contract/words'
import { usePersonas } from '../api/queries.ts'
import { Portrait } from '../shell/portrait.tsx'
import { Sheet, useCloseSheet } from '../shell/sheet.tsx'
import { useTexts } from '../texts/texts-provider.tsx'
import { CreditsTexts } from './credits-texts.tsx'
import { shopIsOpen } from './shop-place.tsx'

interface BalanceSheetProps {
  me: Me
  onClose(): void
}

/** What there is and what it is for; one press further, how more comes. */
export function BalanceSheet(props: BalanceSheetProps) {
  return (
    <CreditsTexts>
      <Balance {...props} />
    </CreditsTexts>
  )
}

function Balance({ me, onClose }: BalanceSheetProps) {
  const { t } = useTexts()
  const { data: personas = [] } = usePersonas()
  return (
    <Sheet title={t('balance-title')} onClose={onClose}>
      <dl className="divide-y divide-line">
        {CREDIT_TYPES.map((type) => (
          <div key={type} className="flex items-baseline justify-between gap-4 py-3">
            <dt>
              {t(`credits-${type}-name`)}
              <span className="block text-[0.8125rem] text-muted">
                {me.debt[type] > 0 ? t(`debt-${type}`, { count: me.debt[type] }) : t(`credits-${type}-for`)}
              </span>
            </dt>
            <dd className="display text-[1.75rem] lining-nums tabular-nums">{me.credits[type]}</dd>
          </div>
        ))}
      </dl>
      <ul className="mt-4 flex flex-col gap-2">
        {personas.map((persona) => (
          <li key={persona.id} className="flex items-center gap-3 text-[0.9375rem]">
            <Portrait persona={persona} className="size-9" />
            <span className="min-w-0 flex-1">
              {persona.name}
              <span className="block text-[0.8125rem] text-muted">
                {t('price-reply', { price: t(`credits-${persona.price.type}-count`, { count: persona.price.amount }) })}
              </span>
            </span>
          </li>
        ))}
      </ul>
      <p className="mt-5 text-[0.875rem] text-muted text-pretty">{t('balance-explained')}</p>
      <WaysOn />
    </Sheet>
  )
}

function WaysOn() {
  const { t } = useTexts()
  const close = useCloseSheet()
  const buy = () => {
    close()
    shopIsOpen.set(true)
  }
  return (
    <div className="mt-5 flex flex-col gap-2">
      <button type="button" className="button button-main w-full" onClick={buy}>
        {t('shop-open')}
      </button>
      <Link href="/credits" className="button button-quiet w-full" onClick={close}>
        {t('balance-more')}
      </Link>
    </div>
  )
}
