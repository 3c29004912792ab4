import type { ReactNode } from 'react'
import { useMe } from '../api/queries.ts'
import { SignedIn } from './signed-in.tsx'
import { StartUp } from './start-up.tsx'
import { Unreachable } from './unreachable.tsx'

/** Asks who is here and shows the house, or what stands before its door. */
export function Gate({ outside }: { outside: ReactNode }) {
  const me = useMe()
  if (me.data) return <SignedIn me={me.data} />
  if (me.data === null) return outside
  if (!me.error) return <StartUp />
  return <Unreachable onAgain={() => void me.again()} />
}
