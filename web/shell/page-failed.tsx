import { useTexts } from '../texts/texts-provider.tsx'

/** What a page came for did not come, and how to ask once more. */
export function PageFailed({ text, onAgain }: { text: string; onAgain(): void }) {
  const { t } = useTexts()
  return (
    <section role="alert" className="card mt-6 px-6 py-6 text-center">
      <p className="text-pretty">{text}</p>
      <button type="button" className="button button-quiet mt-4" onClick={onAgain}>
        {t('action-again')}
      </button>
    </section>
  )
}
