import type { Reminder } from '#contract/api'
import { ApiError } from '../api/api-error.ts'
import { useApi } from '../api/api-provider.tsx'
import { useCache } from '../api/cache-provider.tsx'
import { useAction } from '../api/use-action.ts'
import { tell } from '../shell/notices.tsx'
import { Sheet, useCloseSheet } from '../shell/sheet.tsx'
import { SheetAnswers } from '../shell/sheet-answers.tsx'
import { useTexts } from '../texts/texts-provider.tsx'
import { REMINDERS_KEY } from './queries.ts'

interface CancelProps {
  reminder: Reminder
  onCancelled(): void
}

/** Asks once more: what is taken away has to be typed again. */
export function CancelSheet({ onClose, ...what }: CancelProps & { onClose(): void }) {
  const { t } = useTexts()
  return (
    <Sheet title={t('reminders-cancel-title')} onClose={onClose}>
      <Question {...what} />
    </Sheet>
  )
}

function Question({ reminder, onCancelled }: CancelProps) {
  const { t } = useTexts()
  const api = useApi()
  const cache = useCache()
  const close = useCloseSheet()
  const cancel = useAction(() => api.call('DELETE', `/api/reminders/${reminder.id}`).catch(unlessGone), {
    onDone() {
      close()
      cache.change<Reminder[]>(REMINDERS_KEY, (reminders) => reminders.filter(({ id }) => id !== reminder.id))
      tell(t('reminders-cancelled'))
      onCancelled()
    },
  })
  return (
    <>
      <blockquote className="line-clamp-4 border-accent border-l-2 pl-4 text-pretty [overflow-wrap:anywhere]">
        {reminder.text}
      </blockquote>
      <SheetAnswers yes={t('reminders-cancel')} no={t('reminders-keep')} deed={cancel} />
    </>
  )
}

/** It has come, or was cancelled on another device: what was asked for is so. */
function unlessGone(error: unknown): void {
  if (!(error instanceof ApiError) || error.status !== 404) throw error
}
