import { useEffect, useState } from 'react'
import { ApiError, sentenceOf } from '../api/api-error.ts'
import { useTexts } from '../texts/texts-provider.tsx'
import { LinkNote } from './link-note.tsx'

/** Nobody answered, or it was asked too often: the link waits, and so does the button if it was told how long. */
export function FailedLink({ error, onAgain }: { error: unknown; onAgain(): void }) {
  const { t } = useTexts()
  const waitSeconds = error instanceof ApiError ? error.retryAfterSeconds : null
  const [waiting, setWaiting] = useState(waitSeconds !== null)
  useEffect(() => {
    if (waitSeconds === null) return
    setWaiting(true)
    const timer = setTimeout(() => setWaiting(false), waitSeconds * 1000)
    return () => clearTimeout(timer)
  }, [waitSeconds])
  const busy = error instanceof ApiError && error.status === 429
  return (
    <LinkNote
      title={t(busy ? 'link-busy-title' : 'link-failed-title')}
      text={busy ? sentenceOf(error, t('link-failed-text')) : t('link-failed-text')}
    >
      <button type="button" className="button button-main" disabled={waiting} onClick={onAgain}>
        {t('action-again')}
      </button>
    </LinkNote>
  )
}
