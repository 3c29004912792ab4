import type { FoundSession } from '#domain/identity'
import type { AppContext } from './app-env.ts'
import type { Caller } from './caller.ts'

const BEARER = /^Bearer +(\S+)$/i

/**
 * Who asks, or null. Asks the database once per request. A bearer token is a Mini App's, a cookie is a browser's, and
 * neither opens anything in the other's place; where both are sent, the cookie does not count.
 */
export async function recogniseCaller(c: AppContext): Promise<Caller | null> {
  const known = c.var.recognised
  if (known !== undefined) return known
  const caller = hasBearer(c) ? await byBearer(c) : await byCookie(c)
  c.set('recognised', caller)
  return caller
}

/** Whether the request carries its own proof that a foreign page could not have added. */
export function hasBearer(c: AppContext): boolean {
  return c.req.header('authorization') !== undefined
}

async function byBearer(c: AppContext): Promise<Caller | null> {
  const token = BEARER.exec(c.req.header('authorization') ?? '')?.[1]
  const session = token ? await c.var.frame.findSession(token) : null
  return session?.interface === 'webapp' ? toCaller(session, 'bearer') : null
}

async function byCookie(c: AppContext): Promise<Caller | null> {
  const { cookie, findSession } = c.var.frame
  const token = cookie.read(c)
  const session = token ? await findSession(token) : null
  if (!token || session?.interface !== 'browser') return null
  // A secret on its way out is never sent again: it would undo the change in the browser.
  if (session.changeSecret) c.set('changeSecret', session.changeSecret)
  else if (session.renewed) c.set('renewedToken', token)
  return toCaller(session, 'cookie')
}

function toCaller(session: FoundSession, proof: Caller['proof']): Caller {
  return {
    userId: session.userId,
    sessionId: session.id,
    interface: session.interface,
    channel: session.interface === 'webapp' ? 'telegram' : 'web',
    locale: session.locale,
    adult: session.adult,
    keyId: session.keyId,
    proof,
    fresh: session.fresh,
  }
}
