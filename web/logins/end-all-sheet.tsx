import { useApi } from '../api/api-provider.tsx'
import { useAction } from '../api/use-action.ts'
import { leaveNothing } from '../settings/use-sign-out.ts'
import { Sheet } from '../shell/sheet.tsx'
import { SheetAnswers } from '../shell/sheet-answers.tsx'
import { useTelegram } from '../telegram/telegram-context.tsx'
import { useTexts } from '../texts/texts-provider.tsx'

/** Ends every session, this one too. */
export function EndAllSheet({ userId, onClose }: { userId: string; onClose(): void }) {
  const { t } = useTexts()
  return (
    <Sheet title={t('sessions-end-all-title')} onClose={onClose}>
      <Question userId={userId} />
    </Sheet>
  )
}

function Question({ userId }: { userId: string }) {
  const { t } = useTexts()
  const api = useApi()
  const telegram = useTelegram()
  const end = useAction(() => api.call('DELETE', '/api/sessions'), {
    onDone: () => (telegram ? telegram.close() : leaveNothing(userId)),
  })
  return (
    <>
      <p className="text-muted text-pretty">{t('sessions-end-all-text')}</p>
      <SheetAnswers yes={t('sessions-end-all')} deed={end} />
    </>
  )
}
