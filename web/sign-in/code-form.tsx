import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { EMAIL_CODE_LENGTH } from '#contract/limits'
import { sentenceOf } from '../api/api-error.ts'
import { useApi } from '../api/api-provider.tsx'
import { type Action, useAction } from '../api/use-action.ts'
import { tell } from '../shell/notices.tsx'
import { useTexts } from '../texts/texts-provider.tsx'

interface CodeFormProps {
  email: string
  /** What the six digits are for; a code that did not work is typed anew. */
  take: Action<string>
  /** What the button is called. */
  send: string
  /** Another address; without it this one is the only one that counts. */
  onOther?: (() => void) | undefined
}

/** The six digits from the mail; complete, they go by themselves. */
export function CodeForm({ email, take, send, onOther }: CodeFormProps) {
  const { t } = useTexts()
  const [code, setCode] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const fieldId = useId()
  const { error } = take
  // A deed that failed leaves an empty field, ready for the next try.
  useEffect(() => {
    if (error !== null) setCode('')
    field.current?.focus()
  }, [error])

  const type = (typed: string) => {
    const digits = typed.replace(/\D/g, '').slice(0, EMAIL_CODE_LENGTH)
    setCode(digits)
    if (digits.length === EMAIL_CODE_LENGTH && !take.busy) take.run(digits)
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    type(code)
  }
  return (
    <form onSubmit={onSubmit} className="appears flex flex-col gap-4">
      <h2 className="text-[2rem]">{t('code-title')}</h2>
      <label htmlFor={fieldId} className="text-muted text-pretty [overflow-wrap:anywhere]">
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
        readOnly={take.busy}
        aria-invalid={error !== null}
        onChange={(event) => type(event.target.value)}
      />
      {error !== null && (
        <p role="alert" className="text-[0.9375rem] text-danger">
          {sentenceOf(error, t('error-unreachable'))}
        </p>
      )}
      <button type="submit" className="button button-main" disabled={code.length < EMAIL_CODE_LENGTH || take.busy}>
        {send}
      </button>
      <OtherWays email={email} onOther={onOther} />
    </form>
  )
}

function OtherWays({ email, onOther }: Pick<CodeFormProps, 'email' | 'onOther'>) {
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
      {onOther && (
        <button type="button" className="button-text min-h-9" onClick={onOther}>
          {t('code-other')}
        </button>
      )}
    </div>
  )
}
