import { dayInWords, daysAgo } from '../texts/dates.ts'
import { useTexts } from '../texts/texts-provider.tsx'

export function DayDivider({ at }: { at: string }) {
  const { t, locale } = useTexts()
  const date = new Date(at)
  const ago = daysAgo(date)
  const words = ago === 0 ? t('day-today') : ago === 1 ? t('day-yesterday') : dayInWords(date, locale)
  return (
    <div className="flex justify-center pt-6 pb-1">
      <time dateTime={at} className="text-[0.8125rem] text-muted first-letter:uppercase">
        {words}
      </time>
    </div>
  )
}
