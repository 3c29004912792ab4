import { type ReactNode, useState } from 'react'
import type { Identity, Me, UndoPreview } from '#contract/api'
import { useCache } from '../api/cache-provider.tsx'
import { useAction } from '../api/use-action.ts'
import { Address } from '../logins/address.tsx'
import { LoginIcon } from '../logins/login-icon.tsx'
import { MailProof } from '../logins/mail-proof.tsx'
import { ProveStep } from '../logins/prove-step.tsx'
import { CheckIcon } from '../shell/icons.tsx'
import { CodeForm } from '../sign-in/code-form.tsx'
import { useTelegram } from '../telegram/telegram-context.tsx'
import { useTexts } from '../texts/texts-provider.tsx'

interface UndoProofsProps {
  me: Me
  undo: UndoPreview
  proven: UndoPreview['proven']
  /** Nothing more has to be proven. */
  enough: boolean
  /** The code from the mail, where it goes with the deed itself: the Mini App cannot sign in a second time. */
  onCode(code: string): void
}

/** Mostly both people must be there, with one proof for each side. */
export function UndoProofs({ me, undo, proven, enough, onCode }: UndoProofsProps) {
  const { t } = useTexts()
  const inTelegram = useTelegram() !== null
  const telegram = me.identities.filter(({ provider }) => provider === 'telegram')
  const web = me.identities.filter(({ channel, displayName }) =>
    undo.web.email ? displayName === undo.web.email : channel === 'web',
  )
  return (
    <section className="mt-8">
      <h2 className="text-[1.5rem]">{t(undo.eitherWillDo ? 'undo-proof-either' : 'undo-proofs')}</h2>
      <div className="card mt-3 divide-y divide-line px-5">
        <Side provider="telegram" name="Telegram" proven={proven.telegram} enough={enough}>
          <Journey logins={telegram} />
        </Side>
        <Side provider={undo.web.email ? 'email' : ''} name={sideName(undo)} proven={proven.web} enough={enough}>
          {!inTelegram && <Journey logins={web} />}
          {inTelegram && undo.web.email && <MailCode email={undo.web.email} onCode={onCode} />}
          {inTelegram && !undo.web.email && <p className="text-muted text-pretty">{t('undo-on-site')}</p>}
        </Side>
      </div>
    </section>
  )
}

function sideName({ web }: UndoPreview): string {
  return web.email ?? web.provider ?? web.displayName
}

interface SideProps {
  provider: string
  name: string
  proven: boolean
  enough: boolean
  children: ReactNode
}

function Side({ provider, name, proven, enough, children }: SideProps) {
  const { t } = useTexts()
  return (
    <div className="py-4">
      <p className="flex items-center gap-3">
        <LoginIcon provider={provider} className="size-5 shrink-0 text-muted" />
        <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
          <Address>{name}</Address>
        </span>
        {proven && (
          <span className="flex items-center gap-1.5 text-[0.9375rem] text-accent">
            <CheckIcon className="size-4" />
            {t('undo-proven')}
          </span>
        )}
      </p>
      {!proven && !enough && <div className="mt-3">{children}</div>}
    </div>
  )
}

function Journey({ logins }: { logins: readonly Identity[] }) {
  const cache = useCache()
  return <ProveStep logins={logins} returnTo="/settings/undo" onProven={() => cache.renewAll('undo')} />
}

function MailCode({ email, onCode }: { email: string; onCode(code: string): void }) {
  const { t } = useTexts()
  const [sent, setSent] = useState(false)
  const take = useAction(async (code: string) => onCode(code))
  if (!sent) return <MailProof email={email} onSent={() => setSent(true)} />
  return <CodeForm email={email} take={take} send={t('prove-code-send')} />
}
