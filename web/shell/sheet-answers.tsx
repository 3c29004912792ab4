import { sentenceOf } from '../api/api-error.ts'
import { useTexts } from '../texts/texts-provider.tsx'
import { useCloseSheet } from './sheet.tsx'

interface SheetAnswersProps {
  yes: string
  no?: string
  /** What became of the last "yes". */
  deed: { error: unknown; busy: boolean; run(): void }
}

/** The two answers to a question in a sheet, with what went wrong the last time above them. */
export function SheetAnswers({ yes, no, deed }: SheetAnswersProps) {
  const { t } = useTexts()
  const close = useCloseSheet()
  return (
    <>
      {deed.error !== null && (
        <p role="alert" className="mt-3 text-[0.9375rem] text-danger">
          {sentenceOf(deed.error, t('error-unreachable'))}
        </p>
      )}
      <div className="mt-6 flex flex-col gap-2">
        <button type="button" className="button button-main" disabled={deed.busy} onClick={() => deed.run()}>
          {yes}
        </button>
        <button type="button" className="button button-quiet" onClick={close}>
          {no ?? t('action-cancel')}
        </button>
      </div>
    </>
  )
}
