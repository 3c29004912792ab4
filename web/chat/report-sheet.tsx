import { useState } from 'react'
import { sentenceOf } from '../api/api-error.ts'
import { tell } from '../shell/notices.tsx'
import { Sheet, useCloseSheet } from '../shell/sheet.tsx'
import { useTexts } from '../texts/texts-provider.tsx'
import { useChat } from './chat-provider.tsx'

export function ReportSheet({ turnId, onClose }: { turnId: string; onClose(): void }) {
  const { t } = useTexts()
  return (
    <Sheet title={t('report-title')} onClose={onClose}>
      <p className="text-muted">{t('report-text')}</p>
      <Buttons turnId={turnId} />
    </Sheet>
  )
}

function Buttons({ turnId }: { turnId: string }) {
  const { t } = useTexts()
  const chat = useChat()
  const close = useCloseSheet()
  const [sending, setSending] = useState(false)
  const report = async () => {
    setSending(true)
    const said = await chat.report(turnId).then(
      () => t('report-done'),
      (error: unknown) => sentenceOf(error, t('error-unreachable')),
    )
    close()
    tell(said)
  }
  return (
    <div className="mt-6 flex flex-col gap-2">
      <button type="button" className="button button-main" disabled={sending} onClick={report}>
        {t('report-send')}
      </button>
      <button type="button" className="button button-quiet" onClick={close}>
        {t('action-cancel')}
      </button>
    </div>
  )
}
