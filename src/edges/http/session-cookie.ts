import { getCookie, setCookie } from 'hono/cookie'
import { sessionLifetimeSeconds } from '#domain/identity'
import type { AppContext } from './app-env.ts'

const NAME = 'vitte'

/** The one cookie that signs a browser in. */
export interface SessionCookie {
  /** The token the browser sent, right or not. */
  read(c: AppContext): string | undefined
  write(c: AppContext, token: string): void
  clear(c: AppContext): void
}

/** Under https the `__Host-` prefix makes browsers refuse one planted by another host or over http (RFC 6265bis). */
export function createSessionCookie({ secure }: { secure: boolean }): SessionCookie {
  const name = secure ? `__Host-${NAME}` : NAME
  const attributes = { path: '/', httpOnly: true, secure, sameSite: 'Lax' } as const
  return {
    read: (c) => getCookie(c, name),
    write: (c, token) => setCookie(c, name, token, { ...attributes, maxAge: sessionLifetimeSeconds('browser') }),
    clear: (c) => setCookie(c, name, '', { ...attributes, maxAge: 0 }),
  }
}
