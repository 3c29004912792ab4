import { useRef, useState } from 'react'
import type { Reminder } from '#contract/api'
import { PlusIcon } from '../shell/menu-icons.tsx'
import { useTexts } from '../texts/texts-provider.tsx'
import { CancelSheet } from './cancel-sheet.tsx'
import { ReminderCard } from './reminder-card.tsx'
import { ReminderForm } from './reminder-form.tsx'

/** The next one first. What is being changed stays open, even when it comes or is cancelled elsewhere meanwhile. */
export function ReminderList({ reminders, mayAdd }: { reminders: Reminder[]; mayAdd: boolean }) {
  const { t } = useTexts()
  const [adding, setAdding] = useState(false)
  const [changing, setChanging] = useState<Reminder | null>(null)
  const [changed, setChanged] = useState<string | null>(null)
  const [cancelling, setCancelling] = useState<Reminder | null>(null)
  const list = useRef<HTMLUListElement>(null)
  const lost = changing && !reminders.some(({ id }) => id === changing.id) ? [changing] : []
  const shown = [...lost, ...reminders]
  return (
    <>
      {mayAdd && !adding && (
        <button type="button" className="button button-main mt-6 w-full" onClick={() => setAdding(true)}>
          <PlusIcon />
          {t('reminders-add')}
        </button>
      )}
      {adding && (
        <div className="card mt-6 px-4.5 pt-4 pb-3">
          <ReminderForm reminder={null} onEnd={() => setAdding(false)} />
        </div>
      )}
      {shown.length === 0 && !adding && (
        <p className="card mt-6 px-6 py-8 text-center text-muted text-pretty">{t('reminders-none')}</p>
      )}
      <ul ref={list} tabIndex={-1} aria-label={t('reminders-list')} className="mt-6 flex flex-col gap-3 outline-none">
        {shown.map((reminder) => (
          <li key={reminder.id} className="card rises px-4.5 pt-4 pb-2">
            {reminder.id === changing?.id ? (
              <ReminderForm
                reminder={changing}
                onEnd={() => {
                  setChanged(changing.id)
                  setChanging(null)
                }}
              />
            ) : (
              <ReminderCard
                reminder={reminder}
                takesFocus={reminder.id === changed}
                onChange={() => setChanging(reminder)}
                onCancel={() => setCancelling(reminder)}
              />
            )}
          </li>
        ))}
      </ul>
      {cancelling && (
        <CancelSheet
          reminder={cancelling}
          onCancelled={() => list.current?.focus()}
          onClose={() => setCancelling(null)}
        />
      )}
    </>
  )
}
