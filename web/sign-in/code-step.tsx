import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { EMAIL_CODE_LENGTH } from '#contract/limits'
import { sentenceOf } from '../api/api-error.ts'
import { useApi } from '../api/api-provider.tsx'
import { useCache } from '../api/cache-provider.tsx'
import { useAction } from '../api/use-action.ts'
import { tell } from '../shell/notices.tsx'
import { useTexts } from '../texts/texts-provider.tsx'

/** The six digits from the mail; complete, they go by themselves. */
export function CodeStep({ email, onBack }: { email: string; onBack(): void }) {
  const { t } = useTexts()
  const [code, setCode] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const fieldId = useId()
  const verify = useVerify(email, () => {
    setCode('')
    field.current?.focus()
  })
  useEffect(() => field.current?.focus(), [])

  const take = (typed: string) => {
    const digits = typed.replace(/\D/g, '').slice(0, EMAIL_CODE_LENGTH)
    setCode(digits)
    if (digits.length === EMAIL_CODE_LENGTH && !verify.busy) verify.run(digits)
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    take(code)
  }
  return (
    <form onSubmit={onSubmit} className="appears flex flex-col gap-4">
      <h2 className="text-[2rem]">{t('code-title')}</h2>
      <label htmlFor={fieldId} className="text-muted text-pretty">
        {t('code-text', { email })}
      </label>
      <input
        ref={field}
        id={fieldId}
        className="field text-center font-medium text-[1.75rem] tabular-nums tracking-[0.4em]"
        type="text"
        name="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        pattern="[0-9]*"
        value={code}
        readOnly={verify.busy}
        aria-invalid={verify.error !== null}
        onChange={(event) => take(event.target.value)}
      />
      {verify.error !== null && (
        <p role="alert" className="text-[0.9375rem] text-danger">
          {sentenceOf(verify.error, t('error-unreachable'))}
        </p>
      )}
      <button type="submit" className="button button-main" disabled={code.length < EMAIL_CODE_LENGTH || verify.busy}>
        {t('code-send')}
      </button>
      <OtherWays email={email} onBack={onBack} />
    </form>
  )
}

function OtherWays({ email, onBack }: { email: string; onBack(): void }) {
  const { t } = useTexts()
  const api = useApi()
  const again = useAction(() => api.call('POST', '/api/auth/email/start', { body: { email } }), {
    onDone: () => tell(t('code-again-done')),
    onError: (error) => tell(sentenceOf(error, t('error-unreachable'))),
  })
  return (
    <div className="flex flex-wrap justify-between gap-x-4 gap-y-1 text-[0.9375rem]">
      <button type="button" className="button-text min-h-9" disabled={again.busy} onClick={() => again.run()}>
        {t('code-again')}
      </button>
      <button type="button" className="button-text min-h-9" onClick={onBack}>
        {t('code-other')}
      </button>
    </div>
  )
}

function useVerify(email: string, onWrong: () => void) {
  const api = useApi()
  const cache = useCache()
  return useAction((code: string) => api.call('POST', '/api/auth/email/verify', { body: { email, code } }), {
    onDone: () => cache.renewAll(),
    onError: onWrong,
  })
}
