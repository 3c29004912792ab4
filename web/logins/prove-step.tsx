import { useState } from 'react'
import type { Identity, SignInOptions } from '#contract/api'
import { useSignInOptions } from '../api/queries.ts'
import { CodeStep } from '../sign-in/code-step.tsx'
import { providerWay, telegramWay } from '../sign-in/ways.ts'
import { useTelegram } from '../telegram/telegram-context.tsx'
import { useTexts } from '../texts/texts-provider.tsx'
import { LoginIcon } from './login-icon.tsx'
import { providerWord } from './login-words.ts'
import { MailProof } from './mail-proof.tsx'

interface ProveStepProps {
  /** Any one of these will do. */
  logins: readonly Identity[]
  /** Where a proof by another site comes back to. */
  returnTo: string
  onProven(): void | Promise<void>
}

/** Proves a login once more, in place by mail, or by a journey to another site and back. */
export function ProveStep({ logins, returnTo, onProven }: ProveStepProps) {
  const { t } = useTexts()
  const { data: options } = useSignInOptions()
  const [email, setEmail] = useState<string | null>(null)
  const inTelegram = useTelegram() !== null
  if (email !== null) {
    return <CodeStep email={email} send={t('prove-code-send')} onDone={onProven} onOther={undefined} />
  }
  // A session of the Mini App lives by its launch data: no other proof can be added to it.
  if (inTelegram) return <p className="text-muted">{t('prove-impossible')}</p>
  if (!options) return <span className="skeleton appears-late block h-12 rounded-full" />
  return (
    <ul className="flex flex-col gap-2.5">
      {logins.map((login) => (
        <li key={login.id}>
          {login.provider === 'email' ? (
            <MailProof email={login.displayName} onSent={() => setEmail(login.displayName)} />
          ) : (
            <JourneyProof login={login} options={options} returnTo={returnTo} />
          )}
        </li>
      ))}
    </ul>
  )
}

interface JourneyProofProps {
  login: Identity
  options: SignInOptions
  returnTo: string
}

function JourneyProof({ login: { provider }, options, returnTo }: JourneyProofProps) {
  const { t } = useTexts()
  const known = options.providers.some(({ name }) => name === provider)
  const way = provider === 'telegram' ? telegramWay(options, returnTo) : known ? providerWay(provider, returnTo) : null
  if (!way) return null
  return (
    <a href={way} className="button button-quiet w-full">
      <LoginIcon provider={provider} />
      {provider === 'telegram'
        ? t('prove-by-telegram')
        : t('prove-by-provider', { label: providerWord(provider, options, t) })}
    </a>
  )
}
