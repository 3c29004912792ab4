import { useState } from 'react'
import type { Subscription } from '#contract/api'
import { Section } from '../logins/section.tsx'
import { dayInWords } from '../texts/dates.ts'
import type { Texts } from '../texts/texts.ts'
import { useTexts } from '../texts/texts-provider.tsx'
import { useSubscription } from './queries.ts'
import { RenewalSheet } from './renewal-sheet.tsx'

/** The monthly subscription: until when it holds, what comes then, and how to change that. Nothing without one. */
export function SubscriptionSection() {
  const { t } = useTexts()
  const { data: subscription, error, again } = useSubscription()
  if (!subscription && !error) return null
  return (
    <Section title={t('subscription-title')}>
      <div className="card px-5 py-4">
        {subscription ? (
          <State subscription={subscription} />
        ) : (
          <p role="alert" className="flex items-center justify-between gap-3 text-muted">
            {t('subscription-unknown')}
            <button type="button" className="button-text min-h-11 px-2" onClick={again}>
              {t('action-again')}
            </button>
          </p>
        )}
      </div>
    </Section>
  )
}

function State({ subscription }: { subscription: Subscription }) {
  const { t, locale } = useTexts()
  const [asking, setAsking] = useState(false)
  const { state, title, expiresAt } = subscription
  const day = dayInWords(new Date(expiresAt), locale)
  return (
    <>
      <h3 className="text-[1.375rem]">{title}</h3>
      <p className="mt-1 text-pretty">{wordsOf(subscription, day, t)}</p>
      {state !== 'failed' && (
        <button
          type="button"
          className="button button-quiet mt-4 w-full"
          aria-haspopup="dialog"
          onClick={() => setAsking(true)}
        >
          {t(state === 'canceled' ? 'subscription-resume' : 'subscription-stop')}
        </button>
      )}
      {asking && <RenewalSheet subscription={subscription} day={day} onClose={() => setAsking(false)} />}
    </>
  )
}

function wordsOf({ state, stars }: Subscription, day: string, t: Texts['t']): string {
  if (state === 'failed') return t('subscription-failed')
  return state === 'active' ? t('subscription-active', { day, stars }) : t(`subscription-${state}`, { day })
}
