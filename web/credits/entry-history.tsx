import type { Credits } from '#contract/api'
import { Section } from '../logins/section.tsx'
import { dayInWords, daysAgo } from '../texts/dates.ts'
import { useTexts } from '../texts/texts-provider.tsx'
import { type EntryDay, type EntryLine, entryDays } from './entry-lines.ts'
import { useEntries } from './use-entries.ts'

/** What the ledger calls it, and what people do. A reason that a newer server may bring is told without one. */
const REASONS = new Set(['welcome', 'hold', 'release', 'refund', 'merge', 'undo', 'welcome_returned'])

/** Where the credits came from and went to, by days. */
export function EntryHistory({ credits }: { credits: Credits }) {
  const { t } = useTexts()
  const { entries, hasMore, busy, failed, more, again } = useEntries(credits)
  return (
    <Section title={t('entries-title')}>
      {entries ? <Days days={entryDays(entries)} /> : !failed && <Skeletons />}
      {failed && (
        <p role="alert" className="mt-3 flex items-center justify-between gap-3 px-1 text-muted">
          {t('entries-failed')}
          <button type="button" className="button-text min-h-11 px-2" onClick={entries && hasMore ? more : again}>
            {t('action-again')}
          </button>
        </p>
      )}
      {entries && hasMore && !failed && (
        <button type="button" className="button button-quiet mt-4 w-full" disabled={busy} onClick={more}>
          {t('entries-more')}
        </button>
      )}
    </Section>
  )
}

function Days({ days }: { days: EntryDay[] }) {
  const { t, locale } = useTexts()
  if (days.length === 0) return <p className="card px-5 py-5 text-muted">{t('entries-empty')}</p>
  return days.map(({ date, lines }) => {
    const ago = daysAgo(date)
    return (
      <section key={date.toDateString()} className="mt-4 first-of-type:mt-0">
        <h3 className="mb-1.5 px-1 font-(family-name:--reading) text-[0.875rem] text-muted tracking-normal">
          {ago === 0 ? t('day-today') : ago === 1 ? t('day-yesterday') : dayInWords(date, locale)}
        </h3>
        <ul className="card divide-y divide-line px-5">
          {lines.map((line) => (
            <Line key={line.id} line={line} />
          ))}
        </ul>
      </section>
    )
  })
}

function Line({ line: { reason, type, amount, count } }: { line: EntryLine }) {
  const { t } = useTexts()
  const credits = t(`credits-${type}-count`, { count: Math.abs(amount) })
  return (
    <li className="flex items-baseline justify-between gap-4 py-2.5">
      <span className="text-pretty">{REASONS.has(reason) ? t(`entry-${reason}`, { count }) : t('entry-other')}</span>
      <span className="shrink-0 text-right text-[0.9375rem] text-muted tabular-nums">
        <span aria-hidden="true">{amount < 0 ? '−' : '+'}</span>
        <span className="sr-only">{t(amount < 0 ? 'entries-spent' : 'entries-came')} </span>
        {credits}
      </span>
    </li>
  )
}

function Skeletons() {
  return (
    <div className="card appears-late flex flex-col gap-4 px-5 py-4" aria-hidden="true">
      {['w-40', 'w-28', 'w-36'].map((width) => (
        <span key={width} className={`skeleton block h-4 ${width}`} />
      ))}
    </div>
  )
}
