/** The page that a `startapp` word opens; every other word opens the first page. The word proves nothing. */
export function deepLink(startParam: string | null): string | null {
  if (startParam === 'companions') return '/characters'
  const persona = startParam?.match(/^persona_([a-z0-9-]{1,40})$/)?.[1]
  return persona ? `/characters/${persona}` : null
}
