import { Link } from 'wouter'
import type { Me } from '#contract/api'
import { BalancePill } from '../credits/balance-pill.tsx'
import { MenuButton } from '../settings/menu-button.tsx'
import { Portrait } from '../shell/portrait.tsx'
import { useTexts } from '../texts/texts-provider.tsx'
import { StatusLine } from './status-line.tsx'

export function ChatHeader({ me }: { me: Me }) {
  const { t } = useTexts()
  const persona = me.conversation?.persona
  return (
    <header className="z-10 flex shrink-0 items-center gap-2 border-line border-b bg-ground/85 px-3 py-2 pt-[calc(var(--safe-top)+0.5rem)] backdrop-blur-md wide:px-6">
      {persona ? (
        <Link
          href={`/characters/${persona.id}`}
          className="-ml-1 flex min-w-0 flex-1 items-center gap-3 rounded-full p-1 pr-3"
        >
          <Portrait persona={persona} className="size-11" />
          <div className="min-w-0">
            <h1 className="truncate text-[1.375rem]">{persona.name}</h1>
            <StatusLine story={me.conversation?.story?.title ?? t('chat-ai')} />
          </div>
        </Link>
      ) : (
        <h1 className="display flex-1 pl-1 text-[1.5rem]">{t('chat-history')}</h1>
      )}
      <BalancePill me={me} />
      <span className="wide:hidden">
        <MenuButton me={me} />
      </span>
    </header>
  )
}
