import { Link, useLocation } from 'wouter'
import type { Me } from '#contract/api'
import { ProveStep } from '../logins/prove-step.tsx'
import { useSignOut } from '../settings/use-sign-out.ts'
import { useTexts } from '../texts/texts-provider.tsx'
import { BotWay } from './bot-way.tsx'
import { keptLinkSecret } from './kept-secret.ts'
import { LinkNote, OpenTalk } from './link-note.tsx'

type WayOn = 'bot' | 'logins' | 'sign-out' | 'proof'

/** Where a proof that was too old for adding a login leads on to. */
const ADD_LOGIN = '/settings/logins?add'

/** What is written below the title of each, and which way leads on. */
const WAYS: Record<string, WayOn> = {
  expired: 'bot',
  used: 'bot',
  superseded: 'bot',
  voided: 'bot',
  not_found: 'bot',
  telegram_already_linked: 'sign-out',
  web_already_linked: 'logins',
  login_taken: 'logins',
  not_fresh: 'proof',
}

/** A link, or a sign-in that was to add a login, that cannot work: why, and what can be done. Nothing has changed. */
export function DeadLink({ me, code }: { me: Me; code: string }) {
  const { t } = useTexts()
  const known = Object.hasOwn(WAYS, code) ? code : 'other'
  return (
    <LinkNote title={t(`link-${known}-title`)} text={t(`link-${known}-text`)}>
      <Way me={me} to={WAYS[code] ?? 'bot'} />
      {/* A sign-in on the way to a link may fail without any harm to the link. */}
      {keptLinkSecret() ? (
        <Link href="/link" replace className="button-text py-2">
          {t('link-back')}
        </Link>
      ) : (
        <OpenTalk quiet />
      )}
    </LinkNote>
  )
}

function Way({ me, to }: { me: Me; to: WayOn }) {
  const { t } = useTexts()
  const [, navigate] = useLocation()
  const signOut = useSignOut(me.user.id)
  if (to === 'bot') return <BotWay />
  if (to === 'proof') {
    return (
      <div className="w-full">
        <ProveStep logins={me.identities} returnTo={ADD_LOGIN} onProven={() => navigate(ADD_LOGIN)} />
      </div>
    )
  }
  if (to === 'sign-out') {
    return (
      <button type="button" className="button button-main" onClick={signOut}>
        {t('link-other-login')}
      </button>
    )
  }
  return (
    <Link href="/settings/logins" className="button button-main">
      {t('link-to-logins')}
    </Link>
  )
}
