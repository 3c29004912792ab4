import type { ReactNode } from 'react'
import { PlaneIcon } from '../shell/icons.tsx'
import { TalkIcon } from '../shell/menu-icons.tsx'

/** Two circles that meet, or have not met yet. Ornament. */
export function JoinedMark({ apart }: { apart: boolean }) {
  return (
    <span className={`flex ${apart ? 'gap-5' : 'halo -space-x-3'}`} aria-hidden="true">
      <Circle tone={apart ? 'bg-ink/5 text-muted' : 'bg-accent-soft text-accent'}>
        <PlaneIcon className="size-7" />
      </Circle>
      <Circle tone={apart ? 'bg-ink/5 text-muted' : 'bg-accent text-accent-ink'}>
        <TalkIcon className="size-7" />
      </Circle>
    </span>
  )
}

function Circle({ tone, children }: { tone: string; children: ReactNode }) {
  return <span className={`grid size-16 place-items-center rounded-full ring-4 ring-ground ${tone}`}>{children}</span>
}
