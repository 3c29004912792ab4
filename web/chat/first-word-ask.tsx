import { useState } from 'react'
import type { Me } from '#contract/api'
import { sentenceOf } from '../api/api-error.ts'
import { useApi } from '../api/api-provider.tsx'
import { useCache } from '../api/cache-provider.tsx'
import { changeMe } from '../api/change-me.ts'
import { tell } from '../shell/notices.tsx'
import { useTexts } from '../texts/texts-provider.tsx'

/** Asks once whether the companion may write first. The answer can be changed in the settings. */
export function FirstWordAsk() {
  const { t } = useTexts()
  const api = useApi()
  const cache = useCache()
  const [saving, setSaving] = useState(false)
  const choose = async (enabled: boolean) => {
    setSaving(true)
    try {
      const { user } = await api.call<Me>('PATCH', '/api/me', { body: { proactive: { enabled } } })
      changeMe(cache, { user })
    } catch (error) {
      tell(sentenceOf(error, t('error-unreachable')))
      setSaving(false)
    }
  }
  return (
    <section className="card rises mb-2 px-4 py-3 text-[0.9375rem]" aria-label={t('chat-ask-title')}>
      <p className="text-pretty">{t('chat-ask-first')}</p>
      <div className="flex flex-wrap gap-x-5">
        <button type="button" className="button-text min-h-9" disabled={saving} onClick={() => choose(true)}>
          {t('chat-ask-yes')}
        </button>
        <button type="button" className="button-text min-h-9" disabled={saving} onClick={() => choose(false)}>
          {t('chat-ask-no')}
        </button>
      </div>
    </section>
  )
}
