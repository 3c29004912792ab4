import { useState } from 'react'
import { useLocation, useSearchParams } from 'wouter'
import type { Me } from '#contract/api'
import { sentenceOf } from '../api/api-error.ts'
import { Section } from '../logins/section.tsx'
import { useTexts } from '../texts/texts-provider.tsx'
import { LeaveSheet } from './leave-sheet.tsx'
import { useStay } from './use-stay.ts'

const HERE = '/settings/data'

/** The way out; and while the day lasts, the way back. */
export function LeaveSection({ me }: { me: Me }) {
  const { t } = useTexts()
  const [, navigate] = useLocation()
  const [search] = useSearchParams()
  // Whoever has proven a login on another site comes back here, to go on.
  const [leaving, setLeaving] = useState(search.has('leave'))
  const close = () => {
    setLeaving(false)
    navigate(HERE, { replace: true })
  }
  const { erasure } = me.user
  return (
    <Section title={t('leave-heading')}>
      <div className="card p-5">
        {erasure ? (
          <Pending dueAt={erasure.dueAt} />
        ) : (
          <>
            <p className="text-pretty">{t('leave-text')}</p>
            <button type="button" className="button button-quiet mt-4 w-full" onClick={() => setLeaving(true)}>
              {t('leave-action')}
            </button>
          </>
        )}
      </div>
      {leaving && !erasure && <LeaveSheet me={me} onClose={close} />}
    </Section>
  )
}

function Pending({ dueAt }: { dueAt: string }) {
  const { t } = useTexts()
  const stay = useStay()
  return (
    <>
      <p className="text-pretty">{t('leaving-until', { when: new Date(dueAt) })}</p>
      <p className="mt-2 text-muted text-pretty">{t('leaving-meanwhile')}</p>
      <button type="button" className="button button-main mt-4 w-full" disabled={stay.busy} onClick={() => stay.run()}>
        {t('leaving-stay')}
      </button>
      {stay.error !== null && (
        <p role="alert" className="mt-3 text-[0.9375rem] text-danger">
          {sentenceOf(stay.error, t('error-unreachable'))}
        </p>
      )}
    </>
  )
}
