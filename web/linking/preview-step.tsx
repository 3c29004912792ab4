import type { LinkPreview, Me } from '#contract/api'
import { useSignInOptions } from '../api/queries.ts'
import type { Action } from '../api/use-action.ts'
import { Address } from '../logins/address.tsx'
import { loginWord } from '../logins/login-words.ts'
import { useSignOut } from '../settings/use-sign-out.ts'
import { useTexts } from '../texts/texts-provider.tsx'
import { Amounts } from './amounts.tsx'
import { Couple } from './couple.tsx'
import { Fact } from './fact.tsx'

interface PreviewStepProps {
  me: Me
  preview: LinkPreview
  confirm: Action<void>
  onLeave(): void
}

/** Both sides, what would move, and the one press that does it. */
export function PreviewStep({ me, preview, confirm, onLeave }: PreviewStepProps) {
  const { t } = useTexts()
  return (
    <section className="card rises px-5 py-7 shadow-[0_24px_64px_var(--shade)] sm:p-8">
      <h1 className="text-center text-[2rem]">{t('link-title')}</h1>
      <p className="mt-2 text-center text-muted text-pretty">{t('link-lead')}</p>
      <Couple telegram={preview.telegram} web={preview.web} />
      <Facts preview={preview} />
      {preview.origin === 'bot' && (
        <p className="mt-4 rounded-2xl bg-accent-soft px-4 py-3 text-[0.9375rem] text-pretty">{t('link-warning')}</p>
      )}
      <div className="mt-6 flex flex-col gap-2.5">
        <button type="button" className="button button-main" disabled={confirm.busy} onClick={() => confirm.run()}>
          {t('link-confirm')}
        </button>
        {preview.origin === 'bot' ? (
          <button type="button" className="button button-quiet" onClick={onLeave}>
            {t('link-not-mine-telegram')}
          </button>
        ) : (
          <NotMyLogin userId={me.user.id} />
        )}
      </div>
      {preview.codeRequired && (
        <p className="mt-4 text-center text-[0.8125rem] text-muted text-pretty">{t('link-code-ahead')}</p>
      )}
    </section>
  )
}

function Facts({ preview: { moves, logins } }: { preview: LinkPreview }) {
  const { t } = useTexts()
  const { data: options } = useSignInOptions()
  return (
    <dl className="mt-6 divide-y divide-line border-line border-y text-[0.9375rem]">
      <Fact name={t('link-moves')}>
        <Amounts of={moves} />
      </Fact>
      <Fact name={t('link-stays')}>{t('link-stays-text')}</Fact>
      <Fact name={t('link-return')}>{t('link-return-text')}</Fact>
      {logins.length > 1 && (
        <Fact name={t('link-logins')}>
          {logins.map((login) => (
            <span key={`${login.provider} ${login.displayName}`} className="block">
              <Address>{loginWord(login, options, t)}</Address>
            </span>
          ))}
        </Fact>
      )}
    </dl>
  )
}

/** Somebody else is signed in on this computer: nothing of theirs is touched, and the sign-in page opens. */
function NotMyLogin({ userId }: { userId: string }) {
  const { t } = useTexts()
  const signOut = useSignOut(userId)
  return (
    <button type="button" className="button button-quiet" onClick={signOut}>
      {t('link-not-mine-web')}
    </button>
  )
}
