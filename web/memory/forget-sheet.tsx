import type { Fact } from '#contract/api'
import { ApiError, sentenceOf } from '../api/api-error.ts'
import { useApi } from '../api/api-provider.tsx'
import { useCache } from '../api/cache-provider.tsx'
import { useAction } from '../api/use-action.ts'
import { tell } from '../shell/notices.tsx'
import { Sheet, useCloseSheet } from '../shell/sheet.tsx'
import { useTexts } from '../texts/texts-provider.tsx'

interface ForgetProps {
  fact: Fact
  name: string
  onForgotten(): void
}

/** Says what forgetting means before it happens: it cannot be taken back. */
export function ForgetSheet({ onClose, ...what }: ForgetProps & { onClose(): void }) {
  const { t } = useTexts()
  return (
    <Sheet title={t('memory-forget-title')} onClose={onClose}>
      <Question {...what} />
    </Sheet>
  )
}

function Question({ fact, name, onForgotten }: ForgetProps) {
  const { t } = useTexts()
  const api = useApi()
  const cache = useCache()
  const close = useCloseSheet()
  const forget = useAction(() => api.call('DELETE', `/api/memory/${fact.id}`).catch(unlessGone), {
    onDone() {
      close()
      cache.change<Fact[]>('memory', (facts) => facts.filter(({ id }) => id !== fact.id))
      tell(t('memory-forgotten'))
      onForgotten()
    },
  })
  return (
    <>
      <blockquote className="line-clamp-4 border-accent border-l-2 pl-4 text-pretty [overflow-wrap:anywhere]">
        {fact.text}
      </blockquote>
      <p className="mt-4 text-muted text-pretty">{t('memory-forget-text', { name })}</p>
      {forget.error !== null && (
        <p role="alert" className="mt-3 text-[0.9375rem] text-danger">
          {sentenceOf(forget.error, t('error-unreachable'))}
        </p>
      )}
      <div className="mt-6 flex flex-col gap-2">
        <button type="button" className="button button-main" disabled={forget.busy} onClick={() => forget.run()}>
          {t('memory-forget')}
        </button>
        <button type="button" className="button button-quiet" onClick={close}>
          {t('action-cancel')}
        </button>
      </div>
    </>
  )
}

/** Forgotten on another device already: what was asked for is so. */
function unlessGone(error: unknown): void {
  if (!(error instanceof ApiError) || error.status !== 404) throw error
}
