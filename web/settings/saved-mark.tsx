import { CheckIcon } from '../shell/icons.tsx'
import { useTexts } from '../texts/texts-provider.tsx'

/** Quietly beside a heading, for a moment: the server has it. */
export function SavedMark({ shown }: { shown: boolean }) {
  const { t } = useTexts()
  return (
    <span role="status" className="text-[0.875rem] text-muted">
      {shown && (
        <span className="appears flex items-center gap-1.5">
          <CheckIcon className="size-4 text-accent" />
          {t('settings-saved')}
        </span>
      )}
    </span>
  )
}
