import { useState } from 'react'
import { useRoute } from 'wouter'
import { useCache } from '../api/cache-provider.tsx'
import { useSignInOptions } from '../api/queries.ts'
import { LegalLinks } from '../legal/legal-links.tsx'
import { useTexts } from '../texts/texts-provider.tsx'
import { CodeStep } from './code-step.tsx'
import { EmailStep } from './email-step.tsx'
import { Hero } from './hero.tsx'
import { ProviderLinks } from './provider-links.tsx'
import { readSignInError } from './sign-in-error.ts'
import { SignInTexts } from './sign-in-texts.tsx'

/** All ways in on one page. What is on offer, the server says. */
export function SignInPage() {
  return (
    <SignInTexts>
      <WaysIn />
    </SignInTexts>
  )
}

function WaysIn() {
  const { t } = useTexts()
  const options = useSignInOptions()
  const cache = useCache()
  const [forLink] = useRoute('/link')
  const [email, setEmail] = useState<string | null>(null)
  const problem = readSignInError(location.search)
  return (
    <div className="evening h-full overflow-y-auto">
      <div className="mx-auto grid min-h-full max-w-6xl content-center gap-8 px-5 pt-[calc(var(--safe-top)+1.5rem)] pb-[calc(var(--safe-bottom)+2rem)] lg:grid-cols-[1.15fr_25rem] lg:items-center lg:gap-20 lg:px-12">
        <Hero />
        <main className="card rises mx-auto w-full max-w-md p-6 shadow-[0_24px_64px_var(--shade)] sm:p-8">
          {email === null ? (
            <>
              <h2 className="mb-5 text-[2rem]">{t('sign-in-title')}</h2>
              {forLink && <p className="-mt-3 mb-5 text-muted text-pretty">{t('sign-in-link')}</p>}
              {problem && (
                <p role="alert" className="mb-4 text-[0.9375rem] text-danger text-pretty">
                  {t(problem)}
                </p>
              )}
              {options.data ? (
                <>
                  <ProviderLinks options={options.data} />
                  {options.data.email && <EmailStep onSent={setEmail} />}
                </>
              ) : (
                <Waiting failed={options.error !== null} onAgain={() => options.again()} />
              )}
            </>
          ) : (
            <CodeStep
              email={email}
              send={t('code-send')}
              onDone={() => cache.renewAll()}
              onOther={() => setEmail(null)}
            />
          )}
          <p className="mt-6 text-[0.8125rem] text-muted text-pretty">{t('sign-in-fine')}</p>
          <LegalLinks />
        </main>
      </div>
    </div>
  )
}

function Waiting({ failed, onAgain }: { failed: boolean; onAgain(): void }) {
  const { t } = useTexts()
  if (!failed) {
    return (
      <div className="appears-late flex flex-col gap-4" aria-busy="true">
        <span className="skeleton h-12 rounded-full" />
        <span className="skeleton h-12 rounded-2xl" />
        <span className="skeleton h-12 rounded-full" />
      </div>
    )
  }
  return (
    <>
      <p role="alert" className="mb-4 text-muted">
        {t('start-failed-text')}
      </p>
      <button type="button" className="button button-main w-full" onClick={onAgain}>
        {t('action-again')}
      </button>
    </>
  )
}
