import { Link } from 'wouter'
import { dayAndTime } from '../texts/dates.ts'
import { useTexts } from '../texts/texts-provider.tsx'
import { useUndo } from './queries.ts'
import { Section } from './section.tsx'

/** The last joining, while it can be taken back. */
export function UndoOffer() {
  const { t, locale } = useTexts()
  const { data: undo } = useUndo()
  if (!undo) return null
  const { telegram, web, until } = undo
  const sides = {
    telegram: telegram.displayName || 'Telegram',
    web: web.email ?? (web.displayName || web.provider || ''),
  }
  return (
    <Section title={t('undo-heading')}>
      <div className="card p-5">
        <p className="text-pretty [overflow-wrap:anywhere]">
          {t('undo-offer', { ...sides, until: dayAndTime(until, locale) })}
        </p>
        <Link href="/settings/undo" className="button button-quiet mt-4 w-full">
          {t('undo-open')}
        </Link>
      </div>
    </Section>
  )
}
