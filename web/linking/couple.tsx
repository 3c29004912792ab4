import type { LinkedTelegram, LinkedWeb } from '#contract/api'
import { Address } from '../logins/address.tsx'
import { LoginIcon } from '../logins/login-icon.tsx'
import { JoinIcon } from '../shell/menu-icons.tsx'
import { useTexts } from '../texts/texts-provider.tsx'

/** The two sides of a joining, and the mark between them. */
export function Couple({ telegram, web }: { telegram: LinkedTelegram; web: LinkedWeb }) {
  const { t } = useTexts()
  return (
    <div className="mt-6 grid grid-cols-[1fr_auto_1fr] items-start gap-1">
      <Side
        provider="telegram"
        kind="Telegram"
        name={telegram.displayName}
        handle={telegram.username && `@${telegram.username}`}
      />
      <span className="mt-3 grid size-10 place-items-center text-gold" aria-hidden="true">
        <JoinIcon className="size-6" />
      </span>
      {web.email ? (
        <Side provider="email" kind={t('link-web')} name={web.email} handle={null} />
      ) : (
        <Side provider={web.provider ?? ''} kind={web.provider ?? ''} name={web.displayName} handle={null} />
      )}
    </div>
  )
}

function Side(props: { provider: string; kind: string; name: string; handle: string | null }) {
  const { provider, kind, name, handle } = props
  return (
    <div className="flex min-w-0 flex-col items-center text-center">
      <span className="grid size-16 place-items-center rounded-full bg-accent-soft text-accent">
        <LoginIcon provider={provider} className="size-7" />
      </span>
      <span className="mt-3 text-[0.8125rem] text-muted">{kind}</span>
      <span className="max-w-full font-medium leading-snug [overflow-wrap:anywhere]">
        <Address>{name || kind}</Address>
      </span>
      {handle && <span className="max-w-full text-[0.875rem] text-muted [overflow-wrap:anywhere]">{handle}</span>}
    </div>
  )
}
