import { AlertIcon, ClockIcon, CloseIcon, RetryIcon, SendingIcon } from '../shell/icons.tsx'
import { useTexts } from '../texts/texts-provider.tsx'
import { useChat } from './chat-provider.tsx'
import type { Outgoing } from './timeline.ts'

/** Unsent, sending and failed without words; a failed line can go again or away. */
export function OutgoingMark({ line }: { line: Outgoing }) {
  const { t } = useTexts()
  const { outbox } = useChat()
  if (line.state !== 'failed') {
    const Mark = line.state === 'sending' ? SendingIcon : ClockIcon
    const label = line.state === 'sending' ? t('mark-sending') : t('mark-unsent')
    return (
      <span role="img" aria-label={label} title={label} className="flex min-h-6 items-center px-1 pt-0.5 text-muted">
        <Mark className={`size-3.5 ${line.state === 'sending' ? 'animate-spin' : ''}`} />
      </span>
    )
  }
  return (
    <div className="flex min-h-6 items-center gap-0.5 pt-0.5 text-danger">
      <span role="img" aria-label={t('mark-failed')} title={t('mark-failed')} className="px-1">
        <AlertIcon className="size-4" />
      </span>
      <button
        type="button"
        className="icon-button size-9 text-danger"
        aria-label={t('mark-resend')}
        title={t('mark-resend')}
        onClick={() => outbox.resend(line.key)}
      >
        <RetryIcon className="size-4" />
      </button>
      <button
        type="button"
        className="icon-button size-9"
        aria-label={t('mark-discard')}
        title={t('mark-discard')}
        onClick={() => outbox.discard(line.key)}
      >
        <CloseIcon className="size-4" />
      </button>
    </div>
  )
}
