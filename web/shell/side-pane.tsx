import { Link } from 'wouter'
import type { Me } from '#contract/api'
import { ConversationList } from '../chat/conversation-list.tsx'
import { ConnectOffer } from '../settings/connect-offer.tsx'
import { MenuButton } from '../settings/menu-button.tsx'
import { useTexts } from '../texts/texts-provider.tsx'
import { accentOf } from '../theme/accent.ts'
import { PeopleIcon } from './menu-icons.tsx'
import { Portrait } from './portrait.tsx'

/** From 900 px on: the companion in view and all conversations, left of everything else. */
export function SidePane({ me }: { me: Me }) {
  const { t } = useTexts()
  const persona = me.conversation?.persona
  return (
    <nav
      aria-label={t('side-label')}
      data-accent={accentOf(persona?.id)}
      className="flex h-full w-[20.5rem] shrink-0 flex-col border-line border-r bg-sunk"
    >
      <div className="flex items-center justify-between px-5 pt-4">
        <Link href={persona ? '/' : '/characters'} className="display rounded-lg px-1 text-[1.75rem] tracking-tight">
          Vitte
        </Link>
        <MenuButton me={me} />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-4 pt-1 pb-4">
        {me.conversation && persona && (
          <Link
            href={`/characters/${persona.id}`}
            className="flex flex-col items-center overflow-clip rounded-3xl px-4 pt-7 pb-5 text-center"
          >
            <span className="halo">
              <Portrait persona={persona} className="size-32" />
            </span>
            <span className="display mt-4 text-[2rem]">{persona.name}</span>
            <span className="mt-0.5 text-[0.9375rem] text-muted">{me.conversation.story?.title ?? t('chat-ai')}</span>
          </Link>
        )}
        <ConnectOffer me={me} />
        <h2 className="px-3 pt-5 pb-2 text-[1.25rem]">{t('conversations-title')}</h2>
        <ConversationList />
      </div>
      <div className="border-line border-t p-4">
        <Link href="/characters" className="button button-quiet w-full bg-ground">
          <PeopleIcon />
          {t('menu-companions')}
        </Link>
      </div>
    </nav>
  )
}
