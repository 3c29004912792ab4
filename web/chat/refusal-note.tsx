import { lazy, Suspense } from 'react'
import type { Me, Price } from '#contract/api'
import { usePersonas } from '../api/queries.ts'
import { activePrice, repliesLeft } from '../credits/available.ts'
import { useLow } from '../credits/use-low.ts'
import { useStore } from '../shell/store.ts'
import { useChat } from './chat-provider.tsx'

const OutOfCredits = lazy(() =>
  import('../credits/out-of-credits.tsx').then((module) => ({ default: module.OutOfCredits })),
)
const CapReached = lazy(() =>
  import('../credits/out-of-credits.tsx').then((module) => ({ default: module.CapReached })),
)
const LowNote = lazy(() => import('../credits/low-note.tsx').then((module) => ({ default: module.LowNote })))

/** Above the composer: the balance does not pay for a reply, or hardly, or the server said no for another reason. */
export function RefusalNote({ me }: { me: Me }) {
  const { data: personas } = usePersonas()
  const refusal = useStore(useChat().refusal, (now) => now)
  const price = activePrice(me, personas)
  const left = price ? repliesLeft(me, price) : 0
  if (price && left < 1) {
    return (
      <Suspense>
        <OutOfCredits me={me} type={price.type} />
      </Suspense>
    )
  }
  if (refusal?.code === 'daily_cap_reached') {
    return (
      <Suspense>
        <CapReached />
      </Suspense>
    )
  }
  if (!refusal?.detail || refusal.code === 'insufficient_credits') {
    return price && <Low key={price.type} me={me} price={price} left={left} />
  }
  return (
    <p role="alert" className="rises mb-2 px-2 text-[0.875rem] text-danger">
      {refusal.detail}
    </p>
  )
}

function Low({ me, price, left }: { me: Me; price: Price; left: number }) {
  const { low, hide } = useLow(me.user.id, price.type, left)
  return <Suspense>{low && <LowNote count={left} onHide={hide} />}</Suspense>
}
