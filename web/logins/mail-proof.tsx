import { sentenceOf } from '../api/api-error.ts'
import { useApi } from '../api/api-provider.tsx'
import { useAction } from '../api/use-action.ts'
import { useTexts } from '../texts/texts-provider.tsx'
import { Address } from './address.tsx'

/** Asks for a code to an address of this user's own. */
export function MailProof({ email, onSent }: { email: string; onSent(): void }) {
  const { t } = useTexts()
  const api = useApi()
  const ask = useAction(() => api.call('POST', '/api/auth/email/start', { body: { email } }), { onDone: onSent })
  return (
    <>
      <button
        type="button"
        className="button button-main w-full flex-col gap-0.5"
        disabled={ask.busy}
        onClick={() => ask.run()}
      >
        {t('prove-by-mail')}
        <span className="font-normal text-[0.8125rem] [overflow-wrap:anywhere]">
          <Address>{email}</Address>
        </span>
      </button>
      {ask.error !== null && (
        <p role="alert" className="mt-2 text-[0.875rem] text-danger">
          {sentenceOf(ask.error, t('error-unreachable'))}
        </p>
      )}
    </>
  )
}
