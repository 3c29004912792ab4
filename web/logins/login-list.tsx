import { useState } from 'react'
import { useLocation, useSearch } from 'wouter'
import type { Identity, Me } from '#contract/api'
import { useSignInOptions } from '../api/queries.ts'
import { PlusIcon } from '../shell/menu-icons.tsx'
import { useTelegram } from '../telegram/telegram-context.tsx'
import { useTexts } from '../texts/texts-provider.tsx'
import { AddLoginSheet } from './add-login-sheet.tsx'
import { Address } from './address.tsx'
import { LoginIcon } from './login-icon.tsx'
import { loginWord, providerWord } from './login-words.ts'
import { RemoveLoginSheet } from './remove-login-sheet.tsx'
import { Row, Section } from './section.tsx'

/** All ways in. A proof by another site comes back to the sheet it left from: `?add`, `?remove=<id>`. */
export function LoginList({ me }: { me: Me }) {
  const { t } = useTexts()
  const [, navigate] = useLocation()
  const asked = new URLSearchParams(useSearch())
  const [adding, setAdding] = useState(asked.has('add'))
  const [removing, setRemoving] = useState<string | null>(asked.get('remove'))
  const inTelegram = useTelegram() !== null
  const chosen = me.identities.find(({ id }) => id === removing)
  const only = me.identities.length === 1
  const close = () => {
    setAdding(false)
    setRemoving(null)
    navigate('/settings/logins', { replace: true })
  }
  return (
    <Section title={t('logins-heading')} action={!inTelegram && <AddButton onAdd={() => setAdding(true)} />}>
      <ul className="card divide-y divide-line">
        {me.identities.map((login) => (
          <Login key={login.id} login={login} onRemove={only || inTelegram ? null : () => setRemoving(login.id)} />
        ))}
      </ul>
      {(only || inTelegram) && (
        <p className="mt-2.5 px-1 text-[0.875rem] text-muted text-pretty">
          {t(inTelegram ? 'logins-on-site' : 'logins-only')}
        </p>
      )}
      {adding && <AddLoginSheet me={me} onClose={close} />}
      {chosen && !only && <RemoveLoginSheet me={me} login={chosen} onClose={close} />}
    </Section>
  )
}

function AddButton({ onAdd }: { onAdd(): void }) {
  const { t } = useTexts()
  return (
    <button
      type="button"
      className="button-text flex min-h-11 items-center gap-1.5 px-2"
      aria-haspopup="dialog"
      onClick={onAdd}
    >
      <PlusIcon className="size-4" />
      {t('logins-add')}
    </button>
  )
}

function Login({ login, onRemove }: { login: Identity; onRemove: (() => void) | null }) {
  const { t } = useTexts()
  const { data: options } = useSignInOptions()
  const kind = providerWord(login.provider, options, t)
  const remove = onRemove && (
    <button
      type="button"
      className="button-text min-h-11 px-2 text-[0.9375rem]"
      aria-label={t('logins-remove-named', { login: loginWord(login, options, t) })}
      aria-haspopup="dialog"
      onClick={onRemove}
    >
      {t('logins-remove')}
    </button>
  )
  return (
    <Row mark={<LoginIcon provider={login.provider} />} action={remove}>
      <span className="block [overflow-wrap:anywhere]">
        <Address>{login.displayName || kind}</Address>
      </span>
      <span className="block text-[0.8125rem] text-muted">{kind}</span>
    </Row>
  )
}
