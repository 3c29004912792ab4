import { useEffect, useState } from 'react'
import type { Me, SignInOptions } from '#contract/api'
import { ApiError } from '../api/api-error.ts'
import { useCache } from '../api/cache-provider.tsx'
import { useSignInOptions } from '../api/queries.ts'
import { tell } from '../shell/notices.tsx'
import { Sheet, useCloseSheet } from '../shell/sheet.tsx'
import { CodeStep } from '../sign-in/code-step.tsx'
import { EmailStep } from '../sign-in/email-step.tsx'
import { providerWay, telegramWay } from '../sign-in/ways.ts'
import { useTexts } from '../texts/texts-provider.tsx'
import { LoginIcon } from './login-icon.tsx'
import { ProveStep } from './prove-step.tsx'
import { useSessions } from './queries.ts'

const HERE = '/settings/logins'

/** One more way to the same conversation: by mail in place, by other sites through a journey. */
export function AddLoginSheet({ me, onClose }: { me: Me; onClose(): void }) {
  const { t } = useTexts()
  return (
    <Sheet title={t('logins-add')} onClose={onClose}>
      <Steps me={me} />
    </Sheet>
  )
}

/** What was proven a while ago is proven again first: the journeys of other sites would come back in vain. */
function Steps({ me }: { me: Me }) {
  const { t } = useTexts()
  const cache = useCache()
  const { data, asking } = useSessions()
  const [asked, setAsked] = useState(false)
  // What the list of devices knew may be minutes old by now.
  useEffect(() => {
    void cache.renewAll('sessions').then(() => setAsked(true))
  }, [cache])
  if (!asked || !data) {
    return asked && !asking ? (
      <p role="alert" className="text-muted">
        {t('error-unreachable')}
      </p>
    ) : (
      <span className="skeleton appears-late block h-12 rounded-full" />
    )
  }
  if (data.fresh) return <Additions me={me} />
  return (
    <>
      <p className="mb-5 text-muted text-pretty">{t('logins-add-proof')}</p>
      <ProveStep logins={me.identities} returnTo={`${HERE}?add`} onProven={() => cache.renewAll('sessions')} />
    </>
  )
}

function Additions({ me }: { me: Me }) {
  const { t } = useTexts()
  const cache = useCache()
  const close = useCloseSheet()
  const [email, setEmail] = useState<string | null>(null)
  if (email === null) return <Ways me={me} onMail={setEmail} />
  const onDone = async () => {
    await cache.renewAll()
    tell(t('logins-added'))
    close()
  }
  const onError = (error: unknown) => {
    if (error instanceof ApiError && error.code === 'not_fresh') void cache.renewAll('sessions')
  }
  return (
    <CodeStep
      email={email}
      send={t('prove-code-send')}
      onDone={onDone}
      onError={onError}
      onOther={() => setEmail(null)}
    />
  )
}

function Ways({ me, onMail }: { me: Me; onMail(email: string): void }) {
  const { t } = useTexts()
  const { data: options } = useSignInOptions()
  return (
    <>
      <p className="mb-5 text-muted text-pretty">{t('logins-add-text')}</p>
      {options ? (
        <>
          <Journeys me={me} options={options} />
          {options.email && <EmailStep onSent={onMail} />}
        </>
      ) : (
        <span className="skeleton appears-late block h-12 rounded-full" />
      )}
    </>
  )
}

function Journeys({ me, options }: { me: Me; options: SignInOptions }) {
  const { t } = useTexts()
  const missing = (provider: string) => me.identities.every((login) => login.provider !== provider)
  const telegram = missing('telegram') ? telegramWay(options, HERE) : null
  const others = options.providers.filter(({ name }) => missing(name))
  if (!telegram && others.length === 0) return null
  return (
    <ul className="mb-5 flex flex-col gap-2.5">
      {telegram && (
        <li>
          <a href={telegram} className="button button-main w-full">
            <LoginIcon provider="telegram" />
            {t('connect-action')}
          </a>
        </li>
      )}
      {others.map(({ name, label }) => (
        <li key={name}>
          <a href={providerWay(name, HERE)} className="button button-quiet w-full">
            <LoginIcon provider={name} />
            {t('logins-add-provider', { label })}
          </a>
        </li>
      ))}
    </ul>
  )
}
