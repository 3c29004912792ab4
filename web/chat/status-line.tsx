import { useStore } from '../shell/store.ts'
import { useTexts } from '../texts/texts-provider.tsx'
import { useChat, useTimeline } from './chat-provider.tsx'
import { INTERFACE_MARKS } from './interface-marks.ts'
import { placeOfWaiting } from './timeline.ts'
import { useHere } from './use-here.ts'

/** Below the companion's name: that they are writing, and where to; else the story, and where else the talk is open. */
export function StatusLine({ story }: { story: string }) {
  const { t } = useTexts()
  const here = useHere()
  const at = useTimeline((timeline) => placeOfWaiting(timeline, here))
  if (at) {
    return (
      <span className="block truncate text-[0.8125rem] text-accent leading-5">
        {t(at === here ? 'chat-writing' : `chat-writing-${at}`)}
      </span>
    )
  }
  return (
    <span className="flex min-w-0 items-center gap-1.5 text-[0.8125rem] text-muted leading-5">
      <span className="truncate">{story}</span>
      <OpenElsewhere />
    </span>
  )
}

/** Nothing that is announced: a small mark for whoever looks, with a name for whoever comes upon it. */
function OpenElsewhere() {
  const { t } = useTexts()
  const here = useHere()
  const open = useStore(useChat().elsewhere.whereabouts, (now) => now.open)
  return open.map((at) => {
    const Mark = INTERFACE_MARKS[at]
    const name = t(at === here ? `elsewhere-open-other-${here}` : `elsewhere-open-${at}`)
    return (
      <span key={at} role="img" aria-label={name} title={name} className="appears shrink-0">
        <Mark className="size-3.5" />
      </span>
    )
  })
}
