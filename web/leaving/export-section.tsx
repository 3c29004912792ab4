import { useState } from 'react'
import type { Me } from '#contract/api'
import { ApiError, sentenceOf } from '../api/api-error.ts'
import { useApi } from '../api/api-provider.tsx'
import { useAction } from '../api/use-action.ts'
import { ProveStep } from '../logins/prove-step.tsx'
import { Section } from '../logins/section.tsx'
import { tell } from '../shell/notices.tsx'
import { Sheet, useCloseSheet } from '../shell/sheet.tsx'
import { useTelegram } from '../telegram/telegram-context.tsx'
import { useTexts } from '../texts/texts-provider.tsx'

const FILE_NAME = 'vitte.zip'

/** All of one's own in one file: a link is made and followed at once. */
export function ExportSection({ me }: { me: Me }) {
  const { t } = useTexts()
  const [proving, setProving] = useState(false)
  const fetching = useFetchedData({ onStale: () => setProving(true) })
  return (
    <Section title={t('data-export')}>
      <div className="card p-5">
        <p className="text-pretty">{t('data-export-text')}</p>
        <button
          type="button"
          className="button button-main mt-4 w-full"
          disabled={fetching.busy}
          onClick={() => fetching.run()}
        >
          {t('data-export-action')}
        </button>
        {fetching.error !== null && !proving && (
          <p role="alert" className="mt-3 text-[0.9375rem] text-danger">
            {sentenceOf(fetching.error, t('error-unreachable'))}
          </p>
        )}
      </div>
      {proving && (
        <Sheet title={t('data-export')} onClose={() => setProving(false)}>
          <Proof me={me} />
        </Sheet>
      )}
    </Section>
  )
}

function Proof({ me }: { me: Me }) {
  const { t } = useTexts()
  const close = useCloseSheet()
  const fetching = useFetchedData({ onDone: close })
  return (
    <>
      <p className="mb-5 text-muted text-pretty">{t('data-proof')}</p>
      <ProveStep logins={me.identities} returnTo="/settings/data" onProven={() => fetching.run()} />
    </>
  )
}

/** In a browser the file comes by an ordinary download, inside Telegram by its own. */
function useFetchedData({ onStale, onDone }: { onStale?(): void; onDone?(): void }) {
  const api = useApi()
  const telegram = useTelegram()
  const { t } = useTexts()
  return useAction(() => api.call<{ url: string }>('POST', '/api/me/export'), {
    onDone({ url }) {
      if (telegram) telegram.save(url, FILE_NAME)
      else location.assign(new URL(url).pathname)
      tell(t('data-export-begun'))
      onDone?.()
    },
    onError(error) {
      if (error instanceof ApiError && error.code === 'not_fresh') onStale?.()
    },
  })
}
