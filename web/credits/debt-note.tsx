import type { Me } from '#contract/api'
import { CREDIT_TYPES, type CreditType } from '#contract/words'
import { useTexts } from '../texts/texts-provider.tsx'

/** What is owed after a refund, where it came from and what happens next; nothing without a debt. */
export function DebtNote({ me }: { me: Me }) {
  const { t } = useTexts()
  const owed = CREDIT_TYPES.filter((type) => me.debt[type] > 0)
  if (owed.length === 0) return null
  return (
    <section className="card mt-6 border-accent/40 px-5 py-4" aria-label={t('debt-title')}>
      <h2 className="text-[1.375rem]">{t('debt-title')}</h2>
      {owed.map((type) => (
        <p key={type} className="mt-1 font-medium">
          {t(`debt-${type}`, { count: me.debt[type] })}
        </p>
      ))}
      <p className="mt-1 text-[0.9375rem] text-muted text-pretty">{t('debt-text')}</p>
    </section>
  )
}

/** The same of one type, inside a note of another kind. */
export function DebtLine({ type, count }: { type: CreditType; count: number }) {
  const { t } = useTexts()
  return (
    <p className="mt-1 text-[0.9375rem] text-pretty">
      {t(`debt-${type}`, { count })}. <span className="text-muted">{t('debt-text')}</span>
    </p>
  )
}
