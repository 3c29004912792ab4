import { lazy, Suspense } from 'react'
import type { Me } from '#contract/api'
import { usePersonas } from '../api/queries.ts'
import { activePrice, repliesLeft } from '../credits/available.ts'
import { useStore } from '../shell/store.ts'
import { useChat } from './chat-provider.tsx'

const OutOfCredits = lazy(() =>
  import('../credits/out-of-credits.tsx').then((module) => ({ default: module.OutOfCredits })),
)

/** Above the composer: the balance does not pay for a reply, or the server said no for another reason. */
export function RefusalNote({ me }: { me: Me }) {
  const { data: personas } = usePersonas()
  const refusal = useStore(useChat().refusal, (now) => now)
  const price = activePrice(me, personas)
  if (price && repliesLeft(me, price) < 1) {
    return (
      <Suspense>
        <OutOfCredits me={me} type={price.type} />
      </Suspense>
    )
  }
  if (!refusal?.detail || refusal.code === 'insufficient_credits') return null
  return (
    <p role="alert" className="rises mb-2 px-2 text-[0.875rem] text-danger">
      {refusal.detail}
    </p>
  )
}
