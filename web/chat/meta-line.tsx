import type { ReactNode } from 'react'
import type { Message } from '#contract/api'
import { GlobeIcon, type Icon, PlaneIcon, WindowIcon } from '../shell/icons.tsx'
import { useTelegram } from '../telegram/telegram-context.tsx'
import { timeOfDay } from '../texts/dates.ts'
import { useTexts } from '../texts/texts-provider.tsx'

const MARKS: Record<Message['interface'], Icon> = { bot: PlaneIcon, webapp: WindowIcon, browser: GlobeIcon }

/** Time, and where a line came from when that was elsewhere; small, below its group. */
export function MetaLine({ message, children }: { message: Message; children?: ReactNode }) {
  const { t, locale } = useTexts()
  const Mark = MARKS[message.interface]
  const from = t(`from-${message.interface}`)
  const here = useTelegram() ? 'webapp' : 'browser'
  return (
    <div className="flex min-h-6 items-center gap-1.5 px-1 pt-0.5 text-[0.75rem] text-muted tabular-nums">
      <time dateTime={message.createdAt}>{timeOfDay(message.createdAt, locale)}</time>
      {message.interface !== here && (
        <span role="img" aria-label={from} title={from}>
          <Mark className="size-3.5" />
        </span>
      )}
      {children}
    </div>
  )
}
