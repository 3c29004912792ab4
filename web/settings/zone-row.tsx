import { useState } from 'react'
import { NextIcon } from '../shell/menu-icons.tsx'
import { useTexts } from '../texts/texts-provider.tsx'
import { ZoneSheet } from './zone-sheet.tsx'
import { clockIn, ownZone, zoneOf } from './zones.ts'

interface ZoneRowProps {
  timezone: string | null
  onChoose(id: string): void
}

/** Where the user's clock is; the browser's own is proposed when it is another one. */
export function ZoneRow({ timezone, onChoose }: ZoneRowProps) {
  const texts = useTexts()
  const { t, locale } = texts
  const [choosing, setChoosing] = useState(false)
  const own = ownZone()
  const nameOf = (id: string) => zoneOf(id, texts).name
  return (
    <>
      <button
        type="button"
        className="flex min-h-16 w-full items-center gap-3 px-4 py-2.5 text-left"
        aria-haspopup="dialog"
        onClick={() => setChoosing(true)}
      >
        <span className="min-w-0 flex-1 leading-snug">
          <span className="block">{t('settings-zone')}</span>
          <span className="block truncate text-[0.875rem] text-muted">
            {timezone ? `${nameOf(timezone)} · ${clockIn(timezone, locale).offset}` : t('settings-zone-unknown')}
          </span>
        </span>
        {timezone && <span className="text-muted tabular-nums">{clockIn(timezone, locale).time}</span>}
        <NextIcon className="size-4 shrink-0 text-muted" />
      </button>
      {own && !sameClock(own, timezone) && (
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 px-4 py-2.5">
          <span className="text-[0.9375rem] text-muted text-pretty">
            {t('settings-zone-own', { zone: nameOf(own), time: clockIn(own, locale).time })}
          </span>
          <button type="button" className="button-text min-h-11" onClick={() => onChoose(own)}>
            {t('settings-zone-take')}
          </button>
        </div>
      )}
      {choosing && <ZoneSheet chosen={timezone} onChoose={onChoose} onClose={() => setChoosing(false)} />}
    </>
  )
}

/** One zone has several names (Europe/Kyiv, Europe/Kiev); the browser's is not proposed in place of another of them. */
function sameClock(one: string, other: string | null): boolean {
  return other !== null && canonical(one) === canonical(other)
}

function canonical(id: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: id }).resolvedOptions().timeZone
  } catch {
    return id
  }
}
