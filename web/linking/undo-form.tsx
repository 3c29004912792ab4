import { useState } from 'react'
import { Link } from 'wouter'
import type { Me, UndoPreview } from '#contract/api'
import { ApiError, sentenceOf } from '../api/api-error.ts'
import { useApi } from '../api/api-provider.tsx'
import { useCache } from '../api/cache-provider.tsx'
import { useAction } from '../api/use-action.ts'
import { useTelegram } from '../telegram/telegram-context.tsx'
import { dayAndTime } from '../texts/dates.ts'
import { useTexts } from '../texts/texts-provider.tsx'
import { Amounts } from './amounts.tsx'
import { Couple } from './couple.tsx'
import { Fact } from './fact.tsx'
import { UndoProofs } from './undo-proofs.tsx'

interface UndoFormProps {
  me: Me
  undo: UndoPreview
  onDone(): void
}

/** What would go back and what would stay, the proof of both logins, and the press that does it. */
export function UndoForm({ me, undo, onDone }: UndoFormProps) {
  const { t, locale } = useTexts()
  const [code, setCode] = useState<string | null>(null)
  const inTelegram = useTelegram() !== null
  const proven = { telegram: undo.proven.telegram || inTelegram, web: undo.proven.web || code !== null }
  const enough = undo.eitherWillDo ? proven.telegram || proven.web : proven.telegram && proven.web
  const part = usePart(undo, code, { onDone, onRefused: () => setCode(null) })
  return (
    <div className="mx-auto max-w-xl px-4 wide:px-6">
      <h1 className="pt-2 text-[2.5rem]">{t('undo-title')}</h1>
      <p className="mt-2 text-muted text-pretty">{t('undo-lead', { until: dayAndTime(undo.until, locale) })}</p>
      <Couple telegram={undo.telegram} web={undo.web} />
      <Facts undo={undo} />
      <UndoProofs me={me} undo={undo} proven={proven} enough={enough} onCode={setCode} />
      {part.error !== null && (
        <p role="alert" className="mt-5 text-center text-[0.9375rem] text-danger">
          {sentenceOf(part.error, t('error-unreachable'))}
        </p>
      )}
      <div className="mt-6 flex flex-col gap-2.5">
        <button type="button" className="button button-main" disabled={!enough || part.busy} onClick={() => part.run()}>
          {t('undo-confirm')}
        </button>
        <Link href="/settings/logins" className="button button-quiet">
          {t('undo-keep')}
        </Link>
      </div>
    </div>
  )
}

function Facts({ undo: { back, stays, web } }: { undo: UndoPreview }) {
  const { t } = useTexts()
  return (
    <>
      <dl className="mt-6 divide-y divide-line border-line border-y text-[0.9375rem]">
        <Fact name={t('undo-back', { web: web.email ?? web.provider ?? web.displayName })}>
          <Amounts of={back} />
        </Fact>
        <Fact name={t('undo-stays')}>{t('undo-stays-messages', { count: stays.messages })}</Fact>
      </dl>
      <p className="mt-2.5 text-[0.8125rem] text-muted">{t('undo-credits-note')}</p>
    </>
  )
}

/** What this session has proven already is left out of the call. */
function usePart(undo: UndoPreview, code: string | null, end: { onDone(): void; onRefused(): void }) {
  const api = useApi()
  const cache = useCache()
  const telegram = useTelegram()
  const body = {
    ...(telegram && { telegramProof: { initData: telegram.initData } }),
    ...(code !== null && { webProof: { email: undo.web.email, code } }),
  }
  return useAction(() => api.call('POST', '/api/link/undo', { body }), {
    async onDone() {
      // Who this page belongs to now comes first: the news of the parting names them.
      await cache.renewAll('me')
      end.onDone()
      await cache.renewAll()
    },
    onError(error) {
      end.onRefused()
      // A proof may have grown old, or somebody else was faster.
      if (error instanceof ApiError && !error.unreachable) void cache.renewAll('undo')
    },
  })
}
