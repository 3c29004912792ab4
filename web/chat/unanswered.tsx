import { useState } from 'react'
import type { Message } from '#contract/api'
import { ApiError, sentenceOf } from '../api/api-error.ts'
import { RetryIcon } from '../shell/icons.tsx'
import { tell } from '../shell/notices.tsx'
import { useTexts } from '../texts/texts-provider.tsx'
import { useChat } from './chat-provider.tsx'

/** Failures that are nobody's fault and pass by themselves. */
const REASONS: Partial<Record<string, string>> = {
  service_resting: 'unanswered-resting',
  daily_replies: 'unanswered-enough',
}

/** A question without an answer: what became of it, and the way to ask again. */
export function Unanswered({ question }: { question: Message }) {
  const { t } = useTexts()
  const chat = useChat()
  const [asking, setAsking] = useState(false)
  const { id: turnId = '', state = 'failed', code = '' } = question.turn ?? {}
  const retry = async () => {
    setAsking(true)
    await chat.retry(turnId).catch((error: unknown) => {
      if (error instanceof ApiError && error.status === 402)
        chat.refusal.set({ code: error.code, detail: error.detail })
      else tell(sentenceOf(error, t('error-unreachable')))
    })
    setAsking(false)
  }
  return (
    <div className="appears flex flex-wrap items-center gap-x-3 pt-2 pb-1 text-[0.875rem] text-muted wide:pl-13">
      <span>{t(REASONS[code] ?? `unanswered-${state}`)}</span>
      <button
        type="button"
        className="button-text inline-flex min-h-9 items-center gap-1.5"
        disabled={asking}
        onClick={retry}
      >
        <RetryIcon className="size-4" />
        {t('action-again')}
      </button>
    </div>
  )
}
