import { useEffect, useEffectEvent, useRef } from 'react'
import { Link } from 'wouter'
import type { Me } from '#contract/api'
import { Section } from '../logins/section.tsx'
import { dayInWords, daysAgo } from '../texts/dates.ts'
import type { Texts } from '../texts/texts.ts'
import { useTexts } from '../texts/texts-provider.tsx'
import { type EntryDay, type EntryLine, entryDays } from './entry-lines.ts'
import { useEntries } from './use-entries.ts'

/** What the ledger calls it, and what people do. A reason that a newer server may bring is told without one. */
const REASONS = new Set([
  ...['welcome', 'welcome_returned', 'hold', 'release', 'refund', 'merge', 'undo'],
  ...['purchase', 'subscription', 'claw_back', 'debt_paid', 'operator_grant', 'migration'],
])

/** Where the credits came from and went to, by days. */
export function EntryHistory({ me }: { me: Me }) {
  const { t } = useTexts()
  const { entries, hasMore, busy, failed, more, again } = useEntries(me)
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
      {entries && hasMore && !failed && <More busy={busy} onMore={more} />}
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

/** The rest comes by itself when the end comes into sight; the button is for whoever cannot scroll, and for a try again. */
function More({ busy, onMore }: { busy: boolean; onMore(): void }) {
  const { t } = useTexts()
  const end = useRef<HTMLButtonElement>(null)
  const goOn = useEffectEvent(onMore)
  useEffect(() => {
    const element = end.current
    if (!element || busy) return
    const watcher = new IntersectionObserver(([seen]) => seen?.isIntersecting && goOn())
    watcher.observe(element)
    return () => watcher.disconnect()
  }, [busy])
  return (
    <button ref={end} type="button" className="button button-quiet mt-4 w-full" disabled={busy} onClick={onMore}>
      {t('entries-more')}
    </button>
  )
}

function Line({ line }: { line: EntryLine }) {
  const { t } = useTexts()
  const { type, amount, debt, messageId } = line
  const credits = t(`credits-${type}-count`, { count: Math.abs(amount || debt) })
  const words = wordsOf(line, t)
  return (
    <li className="flex items-baseline justify-between gap-4 py-2.5">
      {messageId ? (
        <Link
          href={`/?at=${messageId}`}
          className="-my-2.5 py-2.5 text-pretty underline decoration-line underline-offset-4 hover:decoration-ink"
        >
          {words}
        </Link>
      ) : (
        <span className="text-pretty">{words}</span>
      )}
      <span className="max-w-[50%] shrink-0 text-right text-[0.9375rem] text-muted tabular-nums">
        {amount !== 0 && (
          <>
            <span aria-hidden="true">{amount < 0 ? '−' : '+'}</span>
            <span className="sr-only">{t(amount < 0 ? 'entries-spent' : 'entries-came')} </span>
          </>
        )}
        {credits}
      </span>
    </li>
  )
}

function wordsOf({ reason, count, persona, amount, debt }: EntryLine, t: Texts['t']): string {
  if (reason === 'hold' && persona) return t('entry-hold-named', { count, name: persona.name })
  if (amount === 0 && debt > 0 && reason === 'claw_back') return t('entry-owed')
  return REASONS.has(reason) ? t(`entry-${reason}`, { count }) : t('entry-other')
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
