import { lastingStorage } from './guarded-storage.ts'
import type { Place } from './place.ts'

const VISITED_KEY = 'vitte.visited'

export const loadChatPage = () => import('../chat/chat-page.tsx')

/** Whoever was signed in here before most likely still is: the chat's code then comes together with everything else. */
export function foreseeFirstPage(place: Place, pathname: string): void {
  const atStart = pathname === '/' || pathname === place.base || pathname === `${place.base}/`
  if (atStart && (place.kind === 'mini-app' || lastingStorage.get(VISITED_KEY))) void loadChatPage()
}

export function rememberVisit(): void {
  lastingStorage.set(VISITED_KEY, 'yes')
}

export function forgetVisit(): void {
  lastingStorage.remove(VISITED_KEY)
}
