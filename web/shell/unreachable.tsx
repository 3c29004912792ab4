import { useTexts } from '../texts/texts-provider.tsx'
import { PageNote } from './page-note.tsx'

/** The server did not answer at the very start. */
export function Unreachable({ onAgain }: { onAgain(): void }) {
  const { t } = useTexts()
  return (
    <main className="h-full">
      <PageNote title={t('start-failed-title')} text={t('start-failed-text')}>
        <button type="button" className="button button-main" onClick={onAgain}>
          {t('action-again')}
        </button>
      </PageNote>
    </main>
  )
}
