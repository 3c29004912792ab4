import { useState } from 'react'
import type { Identity, Me } from '#contract/api'
import { ApiError } from '../api/api-error.ts'
import { useApi } from '../api/api-provider.tsx'
import { useCache } from '../api/cache-provider.tsx'
import { useSignInOptions } from '../api/queries.ts'
import { useAction } from '../api/use-action.ts'
import { tell } from '../shell/notices.tsx'
import { Sheet, useCloseSheet } from '../shell/sheet.tsx'
import { SheetAnswers } from '../shell/sheet-answers.tsx'
import { useTexts } from '../texts/texts-provider.tsx'
import { loginWord } from './login-words.ts'
import { ProveStep } from './prove-step.tsx'

interface RemoveLoginProps {
  me: Me
  login: Identity
}

/** What removing a login means, and the proof of another one that it takes. */
export function RemoveLoginSheet({ onClose, ...what }: RemoveLoginProps & { onClose(): void }) {
  const { t } = useTexts()
  return (
    <Sheet title={t('logins-remove-title')} onClose={onClose}>
      <Steps {...what} />
    </Sheet>
  )
}

function Steps({ me, login }: RemoveLoginProps) {
  const { t } = useTexts()
  const api = useApi()
  const cache = useCache()
  const close = useCloseSheet()
  const { data: options } = useSignInOptions()
  const [proving, setProving] = useState(false)
  const remove = useAction(() => api.call('DELETE', `/api/identities/${login.id}`), {
    async onDone() {
      tell(t('logins-removed'))
      close()
      await cache.renewAll()
    },
    onError: (error) => setProving(error instanceof ApiError && error.code === 'not_fresh'),
  })
  if (proving) {
    return (
      <>
        <p className="mb-5 text-muted text-pretty">{t('logins-remove-proof')}</p>
        <ProveStep
          logins={me.identities.filter(({ id }) => id !== login.id)}
          returnTo={`/settings/logins?remove=${login.id}`}
          onProven={() => remove.run()}
        />
      </>
    )
  }
  const named = { login: loginWord(login, options, t) }
  return (
    <>
      <p className="text-pretty [overflow-wrap:anywhere]">
        {login.provider === 'telegram' ? t('logins-remove-telegram', named) : t('logins-remove-web', named)}
      </p>
      <SheetAnswers yes={t('logins-remove')} deed={remove} />
    </>
  )
}
