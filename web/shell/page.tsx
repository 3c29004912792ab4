import { type ReactNode, useRef } from 'react'
import { useLocation } from 'wouter'
import type { Me } from '#contract/api'
import type { CreditType } from '#contract/words'
import { BalancePill } from '../credits/balance-pill.tsx'
import { MenuButton } from '../settings/menu-button.tsx'
import { useTelegram } from '../telegram/telegram-context.tsx'
import { useTexts } from '../texts/texts-provider.tsx'
import { BackIcon } from './menu-icons.tsx'
import { usePage } from './use-page.ts'

interface PageProps {
  me: Me
  /** Names the tab. */
  title: string
  /** Where the way back leads; without it the page is a first one. */
  back?: string | undefined
  accent?: string
  /** The credits that this page is about; those of the active companion otherwise. */
  credits?: CreditType | undefined
  children: ReactNode
}

/** A scrolling page with the same bar on top. Telegram's own button leads back inside Telegram. */
export function Page({ me, title, back, accent, credits, children }: PageProps) {
  const { t } = useTexts()
  const telegram = useTelegram()
  const [, navigate] = useLocation()
  const main = useRef<HTMLElement>(null)
  usePage(title, main)
  return (
    <div className="evening flex h-full flex-col overflow-y-auto overscroll-contain" data-accent={accent}>
      <header className="sticky top-0 z-10 flex shrink-0 items-center gap-2 bg-linear-to-b from-30% from-ground/90 to-ground/0 px-3 pt-[calc(var(--safe-top)+0.5rem)] pb-3 wide:px-6">
        {back && !telegram && (
          <button type="button" className="icon-button" aria-label={t('action-back')} onClick={() => navigate(back)}>
            <BackIcon />
          </button>
        )}
        <span className="h-11 flex-1" />
        <BalancePill me={me} type={credits} />
        <span className="wide:hidden">
          <MenuButton me={me} />
        </span>
      </header>
      <main ref={main} tabIndex={-1} className="flex-1 outline-none pb-[calc(var(--safe-bottom)+2rem)]">
        {children}
      </main>
    </div>
  )
}
