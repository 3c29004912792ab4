import type { ReactNode } from 'react'
import type { Message } from '#contract/api'
import { timeOfDay } from '../texts/dates.ts'
import { useTexts } from '../texts/texts-provider.tsx'
import { INTERFACE_MARKS } from './interface-marks.ts'
import { useHere } from './use-here.ts'

/** Time, and where a line came from when that was elsewhere; small, below its group. */
export function MetaLine({ message, children }: { message: Message; children?: ReactNode }) {
  const { t, locale } = useTexts()
  const Mark = INTERFACE_MARKS[message.interface]
  const from = t(`from-${message.interface}`)
  const here = useHere()
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
