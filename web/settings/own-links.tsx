import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { Section } from '../logins/section.tsx'
import { ClockIcon, type Icon, SparkIcon } from '../shell/icons.tsx'
import { BellIcon, KeyIcon, LeaveIcon, MemoryIcon, NextIcon } from '../shell/menu-icons.tsx'
import { useTexts } from '../texts/texts-provider.tsx'

/** The other pages of one's own. */
export function OwnLinks() {
  const { t } = useTexts()
  return (
    <Section title={t('settings-own')}>
      <ul className="card divide-y divide-line">
        <Item icon={MemoryIcon} href="/memory" detail={t('settings-own-memory')}>
          {t('menu-memory')}
        </Item>
        <Item icon={BellIcon} href="/reminders" detail={t('settings-own-reminders')}>
          {t('menu-reminders')}
        </Item>
        <Item icon={SparkIcon} href="/credits" detail={t('settings-own-credits')}>
          {t('menu-credits')}
        </Item>
        <Item icon={ClockIcon} href="/chat/all" detail={t('settings-own-conversations')}>
          {t('menu-conversations')}
        </Item>
        <Item icon={KeyIcon} href="/settings/logins" detail={t('settings-own-logins')}>
          {t('menu-logins')}
        </Item>
        <Item icon={LeaveIcon} href="/settings/data" detail={t('settings-own-data')}>
          {t('menu-data')}
        </Item>
      </ul>
    </Section>
  )
}

interface ItemProps {
  icon: Icon
  href: string
  detail: string
  children: ReactNode
}

function Item({ icon: Mark, href, detail, children }: ItemProps) {
  return (
    <li>
      <Link href={href} state={{ back: '/settings' }} className="flex min-h-16 items-center gap-3 px-4 py-2.5">
        <span className="grid size-10 shrink-0 place-items-center rounded-full bg-accent-soft text-accent">
          <Mark />
        </span>
        <span className="min-w-0 flex-1 leading-snug">
          <span className="block">{children}</span>
          <span className="block text-[0.8125rem] text-muted">{detail}</span>
        </span>
        <NextIcon className="size-4 shrink-0 text-muted" />
      </Link>
    </li>
  )
}
