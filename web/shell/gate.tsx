import { lazy, type ReactNode, Suspense } from 'react'
import { useLocation } from 'wouter'
import { LEGAL_DOCUMENTS } from '#contract/words'
import { useMe } from '../api/queries.ts'
import { PageBoundary } from './page-boundary.tsx'
import { SignedIn } from './signed-in.tsx'
import { StartUp } from './start-up.tsx'
import { Unreachable } from './unreachable.tsx'

const LegalPage = lazy(() => import('../legal/legal-page.tsx').then((module) => ({ default: module.LegalPage })))

/** Shows the house, or what stands before its door. What everybody may read is read at the door. */
export function Gate({ outside }: { outside: ReactNode }) {
  const [path] = useLocation()
  const document = LEGAL_DOCUMENTS.find((name) => path === `/${name}`)
  if (!document) return <Door outside={outside} />
  return (
    <PageBoundary key={document}>
      <Suspense fallback={<StartUp />}>
        <LegalPage document={document} />
      </Suspense>
    </PageBoundary>
  )
}

/** Asks who is here. */
function Door({ outside }: { outside: ReactNode }) {
  const me = useMe()
  if (me.data) return <SignedIn me={me.data} />
  if (me.data === null) return outside
  if (!me.error) return <StartUp />
  return <Unreachable onAgain={() => void me.again()} />
}
