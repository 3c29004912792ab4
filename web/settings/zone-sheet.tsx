import { useEffect, useMemo, useState } from 'react'
import { CheckIcon } from '../shell/icons.tsx'
import { Sheet, useCloseSheet } from '../shell/sheet.tsx'
import { useTexts } from '../texts/texts-provider.tsx'
import { type Countries, clockIn, findZones, firstZones, learnCountries, ownZone, type Zone } from './zones.ts'

interface ZoneSheetProps {
  chosen: string | null
  onChoose(id: string): void
}

/** All time zones, found by city or country. */
export function ZoneSheet({ onClose, ...choice }: ZoneSheetProps & { onClose(): void }) {
  const { t } = useTexts()
  return (
    <Sheet title={t('settings-zone')} onClose={onClose}>
      <Choice {...choice} />
    </Sheet>
  )
}

function Choice({ chosen, onChoose }: ZoneSheetProps) {
  const texts = useTexts()
  const { t, locale } = texts
  const close = useCloseSheet()
  const [written, setWritten] = useState('')
  const [countries, setCountries] = useState<Countries>(new Map())
  useEffect(() => {
    void learnCountries(locale).then(setCountries)
  }, [locale])
  const found = useMemo(() => {
    return written.trim() ? findZones(written, texts, countries) : firstZones([ownZone(), chosen], texts)
  }, [written, chosen, texts, countries])
  const choose = (id: string) => {
    close()
    onChoose(id)
  }
  return (
    <>
      <input
        type="search"
        className="field"
        value={written}
        aria-label={t('settings-zone-find')}
        placeholder={t('settings-zone-find')}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setWritten(event.target.value)}
        onKeyDown={(event) => {
          const [first] = found
          if (event.key === 'Enter' && written.trim() && first) choose(first.id)
        }}
      />
      <p role="status" className={found.length > 0 ? 'sr-only' : 'px-3 py-6 text-center text-muted text-pretty'}>
        {found.length > 0 ? t('settings-zones-found', { count: found.length }) : t('settings-zones-none')}
      </p>
      <ul className="-mx-2 mt-3 h-[min(26rem,50dvh)] overflow-y-auto overscroll-contain">
        {found.map((zone) => (
          <Item key={zone.id} zone={zone} chosen={zone.id === chosen} onChoose={() => choose(zone.id)} />
        ))}
      </ul>
    </>
  )
}

function Item({ zone, chosen, onChoose }: { zone: Zone; chosen: boolean; onChoose(): void }) {
  const { locale } = useTexts()
  const { time, offset } = clockIn(zone.id, locale)
  return (
    <li>
      <button
        type="button"
        className="flex min-h-12 w-full items-center gap-3 rounded-2xl px-3 py-1.5 text-left hover:bg-ink/5"
        aria-current={chosen || undefined}
        onClick={onChoose}
      >
        <span className="min-w-0 flex-1 leading-snug">
          <span className={`block truncate ${chosen ? 'text-accent' : ''}`}>{zone.name}</span>
          <span className="block truncate text-[0.8125rem] text-muted">
            {[offset, zone.more].filter(Boolean).join(' · ')}
          </span>
        </span>
        {chosen && <CheckIcon className="size-5 text-accent" />}
        <span className="text-[0.9375rem] text-muted tabular-nums">{time}</span>
      </button>
    </li>
  )
}
