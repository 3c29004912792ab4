import type { ReactNode } from 'react'
import { useLocation } from 'wouter'
import type { Me } from '#contract/api'
import { BalancePill } from '../credits/balance-pill.tsx'
import { MenuButton } from '../settings/menu-button.tsx'
import { useTelegram } from '../telegram/telegram-context.tsx'
import { useTexts } from '../texts/texts-provider.tsx'
import { BackIcon } from './icons.tsx'

interface PageProps {
  me: Me
  title?: string
  /** Where the way back leads; without it the page is a first one. */
  back?: string | undefined
  accent?: string
  children: ReactNode
}

/** A scrolling page with the same bar on top. Telegram's own button leads back inside Telegram. */
export function Page({ me, title, back, accent, children }: PageProps) {
  const { t } = useTexts()
  const telegram = useTelegram()
  const [, navigate] = useLocation()
  return (
    <div className="evening flex h-full flex-col overflow-y-auto overscroll-contain" data-accent={accent}>
      <header className="sticky top-0 z-10 flex shrink-0 items-center gap-2 bg-linear-to-b from-30% from-ground/90 to-ground/0 px-3 pt-[calc(var(--safe-top)+0.5rem)] pb-3 wide:px-6">
        {back && !telegram && (
          <button type="button" className="icon-button" aria-label={t('action-back')} onClick={() => navigate(back)}>
            <BackIcon />
          </button>
        )}
        <span className="display flex-1 truncate pl-1 text-[1.375rem] leading-11">{title}</span>
        <BalancePill me={me} />
        <span className="wide:hidden">
          <MenuButton me={me} />
        </span>
      </header>
      <main className="flex-1 pb-[calc(var(--safe-bottom)+2rem)]">{children}</main>
    </div>
  )
}
