import { lazy, Suspense } from 'react'
import type { Me } from '#contract/api'
import { createStore, useStore } from '../shell/store.ts'

const ShopSheet = lazy(() => import('./shop-sheet.tsx').then((module) => ({ default: module.ShopSheet })))

/** Whether what can be bought is shown over the page. */
export const shopIsOpen = createStore(false)

/** The sheet's own place: what asked for it is often gone as soon as the credits are there. */
export function ShopPlace({ me }: { me: Me }) {
  const open = useStore(shopIsOpen, (now) => now)
  return <Suspense>{open && <ShopSheet me={me} onClose={() => shopIsOpen.set(false)} />}</Suspense>
}
