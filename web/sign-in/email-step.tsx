import { type FormEvent, useId, useState } from 'react'
import { sentenceOf } from '../api/api-error.ts'
import { useApi } from '../api/api-provider.tsx'
import { useAction } from '../api/use-action.ts'
import { useTexts } from '../texts/texts-provider.tsx'

export function EmailStep({ onSent }: { onSent(email: string): void }) {
  const { t } = useTexts()
  const api = useApi()
  const fieldId = useId()
  const [email, setEmail] = useState('')
  const ask = useAction(() => api.call('POST', '/api/auth/email/start', { body: { email: email.trim() } }), {
    onDone: () => onSent(email.trim()),
  })
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    ask.run()
  }
  return (
    <form onSubmit={onSubmit} className="flex flex-col gap-3">
      <label htmlFor={fieldId} className="text-[0.9375rem]">
        {t('email-label')}
      </label>
      <input
        id={fieldId}
        className="field"
        type="email"
        name="email"
        autoComplete="email"
        inputMode="email"
        required
        maxLength={254}
        placeholder={t('email-placeholder')}
        value={email}
        onChange={(event) => setEmail(event.target.value)}
      />
      {ask.error !== null && (
        <p role="alert" className="text-[0.875rem] text-danger">
          {sentenceOf(ask.error, t('error-unreachable'))}
        </p>
      )}
      <button type="submit" className="button button-quiet w-full" disabled={ask.busy}>
        {t('email-send')}
      </button>
    </form>
  )
}
