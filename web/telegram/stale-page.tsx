import { PageNote } from '../shell/page-note.tsx'
import { useTexts } from '../texts/texts-provider.tsx'

/** Neither the kept session nor the launch data are good any more. */
export function StalePage({ onClose }: { onClose(): void }) {
  const { t } = useTexts()
  return (
    <main className="h-full">
      <PageNote title={t('stale-title')} text={t('stale-text')}>
        <button type="button" className="button button-main" onClick={onClose}>
          {t('telegram-return')}
        </button>
      </PageNote>
    </main>
  )
}
