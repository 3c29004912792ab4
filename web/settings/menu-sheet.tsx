import { lazy, Suspense, useState } from 'react'
import { useLocation } from 'wouter'
import type { Me } from '#contract/api'
import { ClockIcon, type Icon, PlaneIcon, SparkIcon } from '../shell/icons.tsx'
import { BellIcon, LeaveIcon, MemoryIcon, PeopleIcon, SettingsIcon, TalkIcon } from '../shell/menu-icons.tsx'
import { Sheet, useCloseSheet } from '../shell/sheet.tsx'
import { useTelegram } from '../telegram/telegram-context.tsx'
import { useTexts } from '../texts/texts-provider.tsx'
import { useSignOut } from './use-sign-out.ts'

const ConnectSheet = lazy(() => import('./connect-sheet.tsx').then((module) => ({ default: module.ConnectSheet })))

/** The user's own things: the talks, what is remembered and paid, the settings, the way out. */
export function MenuSheet({ me, onClose }: { me: Me; onClose(): void }) {
  const [connecting, setConnecting] = useState(false)
  const offer = me.offers.connectTelegram
  if (connecting && offer) {
    return (
      <Suspense>
        <ConnectSheet offer={offer} onClose={onClose} />
      </Suspense>
    )
  }
  return (
    <Sheet title={me.user.displayName} onClose={onClose}>
      <Items me={me} onConnect={() => setConnecting(true)} />
    </Sheet>
  )
}

function Items({ me, onConnect }: { me: Me; onConnect(): void }) {
  const { t } = useTexts()
  const close = useCloseSheet()
  const telegram = useTelegram()
  const [, navigate] = useLocation()
  const signOut = useSignOut(me.user.id)
  const go = (path: string) => {
    close()
    navigate(path)
  }
  return (
    <>
      <ul className="-mx-3">
        {me.conversation && <Item icon={TalkIcon} text={t('menu-chat')} onClick={() => go('/')} />}
        <Item icon={PeopleIcon} text={t('menu-companions')} onClick={() => go('/characters')} />
        <Item icon={ClockIcon} text={t('menu-conversations')} onClick={() => go('/chat/all')} />
        <Item icon={MemoryIcon} text={t('menu-memory')} onClick={() => go('/memory')} />
        <Item icon={BellIcon} text={t('menu-reminders')} onClick={() => go('/reminders')} />
        <Item icon={SparkIcon} text={t('menu-credits')} onClick={() => go('/credits')} />
        <Item icon={SettingsIcon} text={t('menu-settings')} onClick={() => go('/settings')} />
        {me.offers.connectTelegram && <Item icon={PlaneIcon} text={t('connect-action')} onClick={onConnect} />}
      </ul>
      {telegram ? (
        <button type="button" className="button button-quiet mt-5 w-full" onClick={telegram.close}>
          {t('telegram-back')}
        </button>
      ) : (
        <button type="button" className="button button-quiet mt-5 w-full" onClick={signOut}>
          <LeaveIcon />
          {t('menu-sign-out')}
        </button>
      )}
    </>
  )
}

function Item({ icon: Mark, text, onClick }: { icon: Icon; text: string; onClick(): void }) {
  return (
    <li>
      <button
        type="button"
        className="flex min-h-12 w-full items-center gap-3 rounded-2xl px-3 text-left hover:bg-ink/5"
        onClick={onClick}
      >
        <Mark className="size-5 text-muted" />
        {text}
      </button>
    </li>
  )
}
