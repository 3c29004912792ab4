import { sentenceOf } from '../api/api-error.ts'
import { useApi } from '../api/api-provider.tsx'
import { useAction } from '../api/use-action.ts'
import { leaveNothing } from '../settings/use-sign-out.ts'
import { Sheet, useCloseSheet } from '../shell/sheet.tsx'
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
  const close = useCloseSheet()
  const telegram = useTelegram()
  const end = useAction(() => api.call('DELETE', '/api/sessions'), {
    onDone: () => (telegram ? telegram.close() : leaveNothing(userId)),
  })
  return (
    <>
      <p className="text-muted text-pretty">{t('sessions-end-all-text')}</p>
      {end.error !== null && (
        <p role="alert" className="mt-3 text-[0.9375rem] text-danger">
          {sentenceOf(end.error, t('error-unreachable'))}
        </p>
      )}
      <div className="mt-6 flex flex-col gap-2">
        <button type="button" className="button button-main" disabled={end.busy} onClick={() => end.run()}>
          {t('sessions-end-all')}
        </button>
        <button type="button" className="button button-quiet" onClick={close}>
          {t('action-cancel')}
        </button>
      </div>
    </>
  )
}
