import { useTexts } from '../texts/texts-provider.tsx'

/** Three dots until the first word comes. */
export function Writing() {
  const { t } = useTexts()
  return (
    <div className="appears flex pt-3 wide:pl-13">
      <div className="bubble bubble-theirs flex h-11 items-center gap-1.5" data-first data-last>
        <span className="sr-only">{t('chat-writing')}</span>
        <span className="typing-dot" />
        <span className="typing-dot" />
        <span className="typing-dot" />
      </div>
    </div>
  )
}
