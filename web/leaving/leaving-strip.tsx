import { Link, useRoute } from 'wouter'
import { useTexts } from '../texts/texts-provider.tsx'

/** A line above every page while the day lasts: that all will be deleted, and where the way back is. */
export function LeavingStrip() {
  const { t } = useTexts()
  const [isThere] = useRoute('/settings/data')
  if (isThere) return null
  return (
    <p
      role="status"
      className="shrink-0 border-line border-b bg-sunk px-4 pt-[calc(var(--safe-top)+0.375rem)] pb-1.5 text-center text-[0.8125rem] text-ink"
    >
      {t('leaving-strip')}{' '}
      <Link href="/settings/data" className="button-text inline">
        {t('leaving-strip-back')}
      </Link>
    </p>
  )
}
