import { CloseIcon } from '../shell/icons.tsx'
import { useTexts } from '../texts/texts-provider.tsx'
import { CreditsTexts } from './credits-texts.tsx'
import { ShopButton } from './shop-button.tsx'

interface LowNoteProps {
  /** Replies that the balance still pays for. */
  count: number
  onHide(): void
}

/** One quiet line: for how many replies it is enough, and the way to more. */
export function LowNote(props: LowNoteProps) {
  return (
    <CreditsTexts>
      <Line {...props} />
    </CreditsTexts>
  )
}

function Line({ count, onHide }: LowNoteProps) {
  const { t } = useTexts()
  return (
    <div className="appears mb-1 flex items-center gap-3 pl-2 text-[0.875rem] text-muted">
      <p role="status" className="min-w-0 flex-1 text-pretty">
        {t('low-text', { count })}
      </p>
      <ShopButton className="button-text min-h-11 shrink-0" />
      <button type="button" className="icon-button -my-1" aria-label={t('low-hide')} onClick={onHide}>
        <CloseIcon className="size-4" />
      </button>
    </div>
  )
}
