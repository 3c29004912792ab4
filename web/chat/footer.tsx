import { lazy, type ReactNode, Suspense } from 'react'
import type { Me } from '#contract/api'
import { PriceLine } from '../credits/price-line.tsx'
import { Composer } from './composer.tsx'
import { RefusalNote } from './refusal-note.tsx'

const MissingStep = lazy(() => import('./missing-step.tsx').then((module) => ({ default: module.MissingStep })))

/** Below the talk: the composer, or the one step that is missing before it. */
export function Footer({ me }: { me: Me }) {
  if (!me.conversation || !me.user.adultConfirmedAt) {
    return (
      <FooterBar>
        <Suspense fallback={<div className="h-22" />}>
          <MissingStep me={me} />
        </Suspense>
      </FooterBar>
    )
  }
  return (
    <FooterBar>
      <RefusalNote me={me} />
      <Composer />
      <PriceLine me={me} />
    </FooterBar>
  )
}

function FooterBar({ children }: { children: ReactNode }) {
  return (
    <div className="talk-foot shrink-0 px-3 pt-1 pb-[calc(var(--safe-bottom)+0.375rem)] wide:px-8 wide:pb-[calc(var(--safe-bottom)+0.75rem)]">
      <div className="mx-auto w-full max-w-[42rem]">{children}</div>
    </div>
  )
}
