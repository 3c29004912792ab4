import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { useSearch } from 'wouter'
import type { Me } from '#contract/api'
import { DAILY_CAP_MAX_CREDITS } from '#contract/limits'
import { sentenceOf } from '../api/api-error.ts'
import { useApi } from '../api/api-provider.tsx'
import { useCache } from '../api/cache-provider.tsx'
import { changeMe } from '../api/change-me.ts'
import { useAction } from '../api/use-action.ts'
import { useChat } from '../chat/chat-provider.tsx'
import { Section } from '../logins/section.tsx'
import { SavedMark } from '../settings/saved-mark.tsx'
import { useTexts } from '../texts/texts-provider.tsx'

/** How much of their credits people allow themselves a day. `/credits?cap` opens the page here. */
export function DailyCap({ me }: { me: Me }) {
  const { t } = useTexts()
  const api = useApi()
  const cache = useCache()
  const { refusal } = useChat()
  const [saved, setSaved] = useState(false)
  const place = useRef<HTMLDivElement>(null)
  const wanted = new URLSearchParams(useSearch()).has('cap')
  useEffect(() => {
    if (wanted) place.current?.scrollIntoView()
  }, [wanted])
  const deed = useAction((dailyCap: number | null) => api.call<Me>('PATCH', '/api/me', { body: { dailyCap } }), {
    onDone({ user }) {
      changeMe(cache, { user })
      setSaved(true)
      // What was refused because of the limit before may be sent now.
      refusal.set((now) => (now?.code === 'daily_cap_reached' ? null : now))
    },
  })
  const save = (cap: number | null) => {
    setSaved(false)
    deed.run(cap)
  }
  const { dailyCap, timezone } = me.user
  return (
    <div ref={place} className="scroll-mt-16">
      <Section title={t('cap-title')} action={<SavedMark shown={saved} />}>
        <div className="card px-5 py-4">
          <p className="text-pretty">{t('cap-text')}</p>
          <p className="mt-2 text-muted">{dailyCap === null ? t('cap-none') : t('cap-now', { count: dailyCap })}</p>
          <CapForm key={dailyCap} cap={dailyCap} busy={deed.busy} onSave={save} />
          {deed.error !== null && (
            <p role="alert" className="mt-3 text-[0.875rem] text-danger">
              {sentenceOf(deed.error, t('error-unreachable'))}
            </p>
          )}
          {timezone === null && <p className="mt-3 text-[0.875rem] text-muted text-pretty">{t('cap-zone')}</p>}
        </div>
      </Section>
    </div>
  )
}

interface CapFormProps {
  cap: number | null
  busy: boolean
  onSave(cap: number | null): void
}

function CapForm({ cap, busy, onSave }: CapFormProps) {
  const { t } = useTexts()
  const fieldId = useId()
  const [text, setText] = useState(cap?.toString() ?? '')
  const [wrong, setWrong] = useState(false)
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    const number = Number(text)
    const right = Number.isInteger(number) && number >= 1 && number <= DAILY_CAP_MAX_CREDITS
    setWrong(!right)
    if (right) onSave(number)
  }
  return (
    <form onSubmit={onSubmit} noValidate className="mt-3">
      <label htmlFor={fieldId} className="mb-1 block text-[0.875rem] text-muted">
        {t('cap-field')}
      </label>
      <div className="flex flex-wrap items-center gap-2">
        <input
          id={fieldId}
          type="text"
          inputMode="numeric"
          autoComplete="off"
          className="field min-w-0 flex-1 basis-24 tabular-nums"
          value={text}
          aria-invalid={wrong}
          aria-describedby={wrong ? `${fieldId}-wrong` : undefined}
          onChange={(event) => setText(event.target.value)}
        />
        <button type="submit" className="button button-quiet" disabled={busy}>
          {t('cap-save')}
        </button>
        {cap !== null && (
          <button type="button" className="button-text min-h-11 px-2" disabled={busy} onClick={() => onSave(null)}>
            {t('cap-remove')}
          </button>
        )}
      </div>
      {wrong && (
        <p id={`${fieldId}-wrong`} role="alert" className="mt-2 text-[0.875rem] text-danger">
          {t('cap-wrong', { max: DAILY_CAP_MAX_CREDITS })}
        </p>
      )}
    </form>
  )
}
