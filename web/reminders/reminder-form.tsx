import { useId, useState } from 'react'
import type { Reminder } from '#contract/api'
import { REMINDER_TEXT_MAX_LENGTH } from '#contract/limits'
import { ApiError, sentenceOf } from '../api/api-error.ts'
import { useApi } from '../api/api-provider.tsx'
import { useCache } from '../api/cache-provider.tsx'
import { useAction } from '../api/use-action.ts'
import { useTexts } from '../texts/texts-provider.tsx'
import { type DueFields, dueOf, fieldsOf, soonest } from './due-fields.ts'
import { DueInputs } from './due-inputs.tsx'
import { REMINDERS_KEY, remindersQuery, withReminder } from './queries.ts'

/** A new reminder, or one to be changed in its place. What was typed is never thrown away by a refusal. */
export function ReminderForm({ reminder, onEnd }: { reminder: Reminder | null; onEnd(): void }) {
  const { t } = useTexts()
  const api = useApi()
  const cache = useCache()
  const [text, setText] = useState(reminder?.text ?? '')
  const [due, setDue] = useState<DueFields>(() => fieldsOf(reminder ? new Date(reminder.at) : soonest(new Date())))
  const [tried, setTried] = useState(false)
  const save = useAction(
    (body: { at?: string; text?: string }) =>
      reminder
        ? api.call<{ reminder: Reminder }>('PATCH', `/api/reminders/${reminder.id}`, { body })
        : api.call<{ reminder: Reminder }>('POST', '/api/reminders', { body }),
    {
      onDone({ reminder: saved }) {
        cache.change<Reminder[]>(REMINDERS_KEY, (reminders) => withReminder(reminders, saved))
        onEnd()
      },
    },
  )
  const wrong = wrongWith(text, due, t)
  const refused = save.error === null ? null : wordsOf(save.error, t)
  const sameTime = reminder !== null && due.day + due.time === Object.values(fieldsOf(new Date(reminder.at))).join('')
  const send = () => {
    setTried(true)
    const at = dueOf(due)
    if (wrong === null && at) save.run({ text: text.trim(), ...(sameTime ? {} : { at: at.toISOString() }) })
  }
  const cancel = () => {
    // It may be gone by now: then the list shows so.
    if (save.error !== null) void cache.renew(remindersQuery(api))
    onEnd()
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <TextField text={text} onText={setText} onSend={send} onCancel={cancel} />
      <DueInputs due={due} onDue={setDue} />
      <p role="alert" className="mt-2 min-h-6 text-[0.875rem] text-danger text-pretty">
        {(tried ? wrong : null) ?? refused}
      </p>
      <div className="mt-1 mb-2 flex flex-wrap gap-2">
        <button type="submit" className="button button-main min-h-11 py-1.5" disabled={save.busy}>
          {t(reminder ? 'reminders-save' : 'reminders-set')}
        </button>
        <button type="button" className="button button-quiet min-h-11 py-1.5" onClick={cancel}>
          {t('action-cancel')}
        </button>
      </div>
    </form>
  )
}

interface TextFieldProps {
  text: string
  onText(text: string): void
  onSend(): void
  onCancel(): void
}

function TextField({ text, onText, onSend, onCancel }: TextFieldProps) {
  const { t } = useTexts()
  const id = useId()
  return (
    <>
      <label htmlFor={id} className="text-[0.875rem] text-muted">
        {t('reminders-text')}
      </label>
      <textarea
        id={id}
        ref={takeFocus}
        className="field field-sizing-content mt-1 block max-h-[40dvh] min-h-20 resize-none"
        value={text}
        onChange={(event) => onText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onCancel()
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) onSend()
        }}
      />
    </>
  )
}

/** Whoever opened the form goes on writing, at the end of what there is. */
function takeFocus(field: HTMLTextAreaElement | null): void {
  field?.focus()
  field?.setSelectionRange(field.value.length, field.value.length)
}

function wrongWith(text: string, due: DueFields, t: ReturnType<typeof useTexts>['t']): string | null {
  const over = text.trim().length - REMINDER_TEXT_MAX_LENGTH
  if (over > 0) return t('reminders-too-long', { count: over })
  if (text.trim() === '') return t('reminders-empty')
  return dueOf(due) ? null : t('reminders-no-time')
}

function wordsOf(error: unknown, t: ReturnType<typeof useTexts>['t']): string {
  if (error instanceof ApiError && error.status === 404) return t('reminders-gone')
  return sentenceOf(error, t('error-unreachable'))
}
