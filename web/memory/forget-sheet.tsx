import type { Fact } from '#contract/api'
import { ApiError } from '../api/api-error.ts'
import { useApi } from '../api/api-provider.tsx'
import { useCache } from '../api/cache-provider.tsx'
import { useAction } from '../api/use-action.ts'
import { tell } from '../shell/notices.tsx'
import { Sheet, useCloseSheet } from '../shell/sheet.tsx'
import { SheetAnswers } from '../shell/sheet-answers.tsx'
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
      <SheetAnswers yes={t('memory-forget')} deed={forget} />
    </>
  )
}

/** Forgotten on another device already: what was asked for is so. */
function unlessGone(error: unknown): void {
  if (!(error instanceof ApiError) || error.status !== 404) throw error
}
