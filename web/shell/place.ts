/** Where this one build is running: on the website, or as the Mini App under `/app`. */
export interface Place {
  kind: 'site' | 'mini-app'
  base: '' | '/app'
}

export function findPlace(pathname: string): Place {
  return pathname === '/app' || pathname.startsWith('/app/')
    ? { kind: 'mini-app', base: '/app' }
    : { kind: 'site', base: '' }
}
