import { visitStorage } from '../shell/guarded-storage.ts'

const SECRET_KEY = 'vitte.link'

/**
 * The secret of a link leaves the address before anything else happens, so that no history, screenshot or shared
 * address holds it, and waits in this tab: it outlives a sign-in that leads through another site.
 */
export function takeLinkSecret(): void {
  const secret = location.hash.slice(1)
  if (!secret || !/^(\/app)?\/link\/?$/.test(location.pathname)) return
  keepLinkSecret(secret)
  history.replaceState(history.state, '', location.pathname)
}

export function keepLinkSecret(secret: string): void {
  visitStorage.set(SECRET_KEY, secret)
}

export function keptLinkSecret(): string | null {
  return visitStorage.get(SECRET_KEY)
}

export function forgetLinkSecret(): void {
  visitStorage.remove(SECRET_KEY)
}
