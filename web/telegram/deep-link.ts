/**
 * The page that a `startapp` word opens; every other word opens the first page. The word proves nothing: a companion
 * that does not exist is said so by the page of companions.
 */
export function deepLink(startParam: string | null): string | null {
  if (startParam === 'companions') return '/characters'
  const persona = startParam?.match(/^persona_([\w-]{1,64})$/)?.[1]
  return persona ? `/characters/${persona}` : null
}
