const LENGTH_MAX = 512
const NOT_PAGES = /^\/(api|auth|telegram)(\/|$)/

/** The page to show after signing in: a path of ours, or the start page for anything that might lead elsewhere. */
export function safeReturnTo(wanted: string | undefined, publicUrl: string): string {
  if (!wanted?.startsWith('/') || wanted.length > LENGTH_MAX || /[\\\p{Cc}]/u.test(wanted)) return '/'
  const url = URL.parse(wanted, publicUrl)
  if (!url || url.origin !== new URL(publicUrl).origin || NOT_PAGES.test(url.pathname)) return '/'
  // The parsed path could begin with a second slash (`/.//host`) and then name a host.
  if (url.pathname.startsWith('//')) return '/'
  return url.pathname + url.search + url.hash
}
