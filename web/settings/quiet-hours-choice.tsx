import { useId } from 'react'
import { useTexts } from '../texts/texts-provider.tsx'
import { type QuietHours, readQuietHours, timesFor, USUAL_QUIET_HOURS, writeQuietHours } from './quiet-hours.ts'
import { Switch } from './switch.tsx'

interface QuietHoursChoiceProps {
  written: string
  zoneKnown: boolean
  onChoose(written: string): void
}

export function QuietHoursChoice({ written, zoneKnown, onChoose }: QuietHoursChoiceProps) {
  const { t } = useTexts()
  const hours = readQuietHours(written)
  const choose = (chosen: QuietHours | null) => onChoose(writeQuietHours(chosen))
  return (
    <div className="px-4 py-3.5">
      <Switch
        text={t('settings-quiet')}
        detail={hours ? t('settings-quiet-text') : t('settings-quiet-none')}
        on={hours !== null}
        onChange={(on) => choose(on ? USUAL_QUIET_HOURS : null)}
      />
      {hours && (
        <div className="mt-3 flex flex-wrap items-center gap-x-5 gap-y-2">
          <End
            text={t('settings-quiet-from')}
            times={timesFor(hours.from, hours.to)}
            chosen={hours.from}
            onChoose={(from) => choose({ ...hours, from })}
          />
          <End
            text={t('settings-quiet-to')}
            times={timesFor(hours.to, hours.from)}
            chosen={hours.to}
            onChoose={(to) => choose({ ...hours, to })}
          />
        </div>
      )}
      {hours && !zoneKnown && <p className="mt-3 text-[0.875rem] text-muted text-pretty">{t('settings-quiet-zone')}</p>}
    </div>
  )
}

interface EndProps {
  text: string
  times: string[]
  chosen: string
  onChoose(time: string): void
}

function End({ text, times, chosen, onChoose }: EndProps) {
  const id = useId()
  return (
    <span className="flex items-center gap-2.5">
      <label htmlFor={id} className="text-muted">
        {text}
      </label>
      <select
        id={id}
        className="field min-h-11 w-auto py-2 pr-8 pl-3 tabular-nums"
        value={chosen}
        onChange={(event) => onChoose(event.target.value)}
      >
        {times.map((time) => (
          <option key={time}>{time}</option>
        ))}
      </select>
    </span>
  )
}
