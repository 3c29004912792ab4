/** Whether an address given from outside is a page of ours: a plain path, never another host in disguise. */
export function isOwnPath(path: string): boolean {
  return /^\/(?![/\\])[^\s\\]*$/.test(path) && !path.startsWith('/sign-in')
}
