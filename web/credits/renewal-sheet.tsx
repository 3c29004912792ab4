import { useState } from 'react'
import type { Subscription } from '#contract/api'
import { useApi } from '../api/api-provider.tsx'
import { useCache } from '../api/cache-provider.tsx'
import { useAction } from '../api/use-action.ts'
import { tell } from '../shell/notices.tsx'
import { Sheet, useCloseSheet } from '../shell/sheet.tsx'
import { SheetAnswers } from '../shell/sheet-answers.tsx'
import { useTexts } from '../texts/texts-provider.tsx'
import { SUBSCRIPTION } from './queries.ts'

interface RenewalProps {
  subscription: Subscription
  /** When it ends or renews, in words. */
  day: string
}

/** Asks before the renewal is stopped or taken up again, and says what that means. */
export function RenewalSheet({ onClose, subscription, day }: RenewalProps & { onClose(): void }) {
  const { t } = useTexts()
  // What was asked stays the question while the answer changes the state behind it.
  const [stopping] = useState(subscription.state !== 'canceled')
  return (
    <Sheet title={t(stopping ? 'subscription-stop-title' : 'subscription-resume-title')} onClose={onClose}>
      <Question subscription={subscription} day={day} stopping={stopping} />
    </Sheet>
  )
}

function Question({ subscription, day, stopping }: RenewalProps & { stopping: boolean }) {
  const { t } = useTexts()
  const api = useApi()
  const cache = useCache()
  const close = useCloseSheet()
  const deed = useAction(
    () =>
      stopping
        ? api.call<{ subscription: Subscription | null }>('DELETE', '/api/subscription')
        : api.call<{ subscription: Subscription | null }>('POST', '/api/subscription/resume'),
    {
      onDone(answer) {
        close()
        cache.set(SUBSCRIPTION, answer.subscription)
        tell(t(stopping ? 'subscription-stopped' : 'subscription-resumed'))
      },
    },
  )
  const { stars } = subscription
  return (
    <>
      <p className="text-pretty">
        {stopping ? t('subscription-stop-text', { day }) : t('subscription-resume-text', { day, stars })}
      </p>
      <SheetAnswers
        yes={t(stopping ? 'subscription-stop-yes' : 'subscription-resume-yes')}
        no={t('subscription-stop-no')}
        deed={deed}
      />
    </>
  )
}
