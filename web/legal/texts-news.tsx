import type { Me } from '#contract/api'
import { sentenceOf } from '../api/api-error.ts'
import { useApi } from '../api/api-provider.tsx'
import { useCache } from '../api/cache-provider.tsx'
import { changeMe } from '../api/change-me.ts'
import { useAction } from '../api/use-action.ts'
import { useTexts } from '../texts/texts-provider.tsx'
import { LegalLinks } from './legal-links.tsx'
import { LegalTexts } from './legal-texts.tsx'

/** What was agreed to has a new version: the way to read it and to agree. Nothing waits for the answer. */
export function TextsNews({ me }: { me: Me }) {
  return (
    <LegalTexts>
      <News me={me} />
    </LegalTexts>
  )
}

function News({ me: { legal } }: { me: Me }) {
  const { t } = useTexts()
  const api = useApi()
  const cache = useCache()
  const accepts = { terms: legal.terms.version, privacy: legal.privacy.version }
  const agree = useAction(() => api.call<Me>('PATCH', '/api/me', { body: { accepts } }), {
    onDone: (me) => changeMe(cache, { legal: me.legal }),
  })
  return (
    <aside
      aria-label={t('legal-news-title')}
      className="shrink-0 border-line border-b bg-raised px-4 pt-[calc(var(--safe-top)+0.75rem)] pb-2 text-[0.9375rem] wide:px-8"
    >
      <div className="mx-auto max-w-[42rem]">
        <p className="text-pretty">
          {t('legal-news-title')}. <span className="text-muted">{t('legal-news-text')}</span>
        </p>
        {agree.error !== null && (
          <p role="alert" className="pt-1 text-danger">
            {sentenceOf(agree.error, t('error-unreachable'))}
          </p>
        )}
        <div className="flex flex-wrap items-center justify-between gap-x-5">
          <LegalLinks />
          <button type="button" className="button-text min-h-9" disabled={agree.busy} onClick={() => agree.run()}>
            {t('legal-news-yes')}
          </button>
        </div>
      </div>
    </aside>
  )
}
