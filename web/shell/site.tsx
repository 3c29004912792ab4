import { lazy, Suspense, useMemo } from 'react'
import { ApiProvider } from '../api/api-provider.tsx'
import { useCache } from '../api/cache-provider.tsx'
import { createApi } from '../api/create-api.ts'
import { Gate } from './gate.tsx'
import { StartUp } from './start-up.tsx'

const SignInPage = lazy(() => import('../sign-in/sign-in-page.tsx').then((module) => ({ default: module.SignInPage })))

/** The website: who is here is known by the session cookie. */
export function Site() {
  const cache = useCache()
  const api = useMemo(() => createApi({ onUnauthorized: () => cache.set('me', null) }), [cache])
  return (
    <ApiProvider value={api}>
      <Suspense fallback={<StartUp />}>
        <Gate outside={<SignInPage />} />
      </Suspense>
    </ApiProvider>
  )
}
