/** An address that a reader may follow: absolute, http or https, without a name and password before the host. */
export function safeLink(address: string | undefined): { href: string; host: string } | null {
  if (!address || !/^https?:\/\//i.test(address)) return null
  try {
    const url = new URL(address)
    if (url.username || url.password) return null
    return { href: url.href, host: url.host }
  } catch {
    return null
  }
}
