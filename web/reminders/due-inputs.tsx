import { useId } from 'react'
import { useTexts } from '../texts/texts-provider.tsx'
import { type DueFields, fieldsOf } from './due-fields.ts'

/** Day and time, by the clock of this device. */
export function DueInputs({ due, onDue }: { due: DueFields; onDue(due: DueFields): void }) {
  const { t } = useTexts()
  return (
    <div className="mt-3 grid grid-cols-2 gap-3">
      <Input
        type="date"
        label={t('reminders-day')}
        min={fieldsOf(new Date()).day}
        value={due.day}
        onValue={(day) => onDue({ ...due, day })}
      />
      <Input type="time" label={t('reminders-time')} value={due.time} onValue={(time) => onDue({ ...due, time })} />
    </div>
  )
}

interface InputProps {
  type: 'date' | 'time'
  label: string
  min?: string
  value: string
  onValue(value: string): void
}

function Input({ type, label, min, value, onValue }: InputProps) {
  const id = useId()
  return (
    <span className="min-w-0">
      <label htmlFor={id} className="text-[0.875rem] text-muted">
        {label}
      </label>
      <input
        id={id}
        type={type}
        min={min}
        className="field mt-1 min-w-0 tabular-nums"
        value={value}
        onChange={(event) => onValue(event.target.value)}
      />
    </span>
  )
}
