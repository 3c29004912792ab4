import { StopIcon } from '../shell/icons.tsx'
import { tell } from '../shell/notices.tsx'
import { useTexts } from '../texts/texts-provider.tsx'
import { useChat, useTimeline } from './chat-provider.tsx'
import { waitingTurns } from './timeline.ts'

/** There while a reply is awaited; stops the oldest one, wherever it was asked for. */
export function StopButton() {
  const { t } = useTexts()
  const chat = useChat()
  const turnId = useTimeline((timeline) => waitingTurns(timeline)[0])
  if (!turnId) return null
  return (
    <button
      type="button"
      className="button button-quiet button-round appears bg-raised"
      aria-label={t('composer-stop')}
      title={t('composer-stop')}
      onClick={() => void chat.cancel(turnId).catch(() => tell(t('error-unreachable')))}
    >
      <StopIcon />
    </button>
  )
}
