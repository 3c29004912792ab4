import { useEffect, useRef } from 'react'
import type { Reminder } from '#contract/api'
import { dayInWords, timeOfDay } from '../texts/dates.ts'
import { useTexts } from '../texts/texts-provider.tsx'

interface ReminderCardProps {
  reminder: Reminder
  /** It was just changed: the keyboard goes on where it was. */
  takesFocus: boolean
  onChange(): void
  onCancel(): void
}

/** When it comes by the clock of this device, and what it says. */
export function ReminderCard({ reminder: { at, text }, takesFocus, onChange, onCancel }: ReminderCardProps) {
  const { t, locale } = useTexts()
  const change = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (takesFocus) change.current?.focus()
  }, [takesFocus])
  return (
    <>
      <time dateTime={at} className="text-[0.875rem] text-muted tabular-nums">
        {dayInWords(new Date(at), locale)}, {timeOfDay(at, locale)}
      </time>
      <p className="mt-1 whitespace-pre-line text-pretty [overflow-wrap:anywhere]">{text}</p>
      <div className="mt-1 flex justify-end gap-3 text-[0.875rem]">
        <button
          ref={change}
          type="button"
          className="button-text min-h-11"
          aria-label={t('reminders-change-named', { text })}
          onClick={onChange}
        >
          {t('reminders-change')}
        </button>
        <button
          type="button"
          className="button-text min-h-11"
          aria-label={t('reminders-cancel-named', { text })}
          onClick={onCancel}
        >
          {t('reminders-cancel')}
        </button>
      </div>
    </>
  )
}
