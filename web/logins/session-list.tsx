import { useState } from 'react'
import type { Session } from '#contract/api'
import { sentenceOf } from '../api/api-error.ts'
import { useApi } from '../api/api-provider.tsx'
import { useCache } from '../api/cache-provider.tsx'
import { useAction } from '../api/use-action.ts'
import { leaveNothing } from '../settings/use-sign-out.ts'
import { PlaneIcon } from '../shell/icons.tsx'
import { ScreenIcon } from '../shell/menu-icons.tsx'
import { tell } from '../shell/notices.tsx'
import { dayInWords, daysAgo, timeOfDay } from '../texts/dates.ts'
import { useTexts } from '../texts/texts-provider.tsx'
import { EndAllSheet } from './end-all-sheet.tsx'
import { useSessions } from './queries.ts'
import { Row, Section } from './section.tsx'

/** Where this user is signed in; any of it can be ended. */
export function SessionList({ userId }: { userId: string }) {
  const { t } = useTexts()
  const { data, error, again } = useSessions()
  const [endingAll, setEndingAll] = useState(false)
  return (
    <Section title={t('sessions-heading')}>
      <ul className="card divide-y divide-line">
        {data?.sessions.map((session) => <Item key={session.id} session={session} userId={userId} />) ??
          (error ? <Failed onAgain={again} /> : <Skeletons />)}
      </ul>
      {data && (
        <button
          type="button"
          className="button button-quiet mt-4 w-full"
          aria-haspopup="dialog"
          onClick={() => setEndingAll(true)}
        >
          {t('sessions-end-all')}
        </button>
      )}
      {endingAll && <EndAllSheet userId={userId} onClose={() => setEndingAll(false)} />}
    </Section>
  )
}

function Item({ session, userId }: { session: Session; userId: string }) {
  const { t } = useTexts()
  const api = useApi()
  const cache = useCache()
  const end = useAction(() => api.call('DELETE', `/api/sessions/${session.id}`), {
    async onDone() {
      if (session.current) return leaveNothing(userId)
      await cache.renewAll('sessions')
      tell(t('sessions-ended'))
    },
    onError: (error) => tell(sentenceOf(error, t('error-unreachable'))),
  })
  return (
    <Row
      mark={session.interface === 'webapp' ? <PlaneIcon /> : <ScreenIcon />}
      action={
        <button
          type="button"
          className="button-text min-h-11 px-2 text-[0.9375rem]"
          aria-label={t('sessions-end-named', { device: session.device })}
          disabled={end.busy}
          onClick={() => end.run()}
        >
          {t('sessions-end')}
        </button>
      }
    >
      <span className="block [overflow-wrap:anywhere]">{session.device || t('sessions-unknown')}</span>
      <Details session={session} />
    </Row>
  )
}

function Details({ session }: { session: Session }) {
  const { t } = useTexts()
  const seen = useLastSeen(session)
  return (
    <span className="block text-[0.8125rem] text-muted">
      {t(`sessions-${session.interface}`)} ·{' '}
      {session.current ? <span className="text-accent">{t('sessions-current')}</span> : seen}
    </span>
  )
}

/** "сегодня, 21:04", "14 ноября". */
function useLastSeen({ lastSeenAt }: Session): string {
  const { t, locale } = useTexts()
  const date = new Date(lastSeenAt)
  const days = daysAgo(date)
  if (days > 1) return dayInWords(date, locale)
  return `${t(days === 1 ? 'day-yesterday' : 'day-today').toLocaleLowerCase(locale)}, ${timeOfDay(lastSeenAt, locale)}`
}

function Failed({ onAgain }: { onAgain(): void }) {
  const { t } = useTexts()
  return (
    <li className="flex items-center justify-between gap-3 px-4 py-3 text-muted">
      {t('logins-failed')}
      <button type="button" className="button-text min-h-11 px-2" onClick={onAgain}>
        {t('action-again')}
      </button>
    </li>
  )
}

function Skeletons() {
  return ['one', 'two'].map((key) => (
    <li key={key} className="flex min-h-16 items-center gap-3 px-4" aria-hidden="true">
      <span className="skeleton size-10 rounded-full" />
      <span className="skeleton h-4 w-40" />
    </li>
  ))
}
