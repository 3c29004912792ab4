import type { AppContext } from '#edges/http'
import type { LoginState, LoginStates } from './login-state.ts'
import { safeReturnTo } from './return-to.ts'
import { browserVisitor } from './visitor.ts'

/** What a browser says of who sent it here when it was none of our pages (Fetch Metadata, `Sec-Fetch-Site`). */
const SENT_BY_OTHERS = new Set(['cross-site', 'same-site'])

/** Where a sign-in that began just now goes on. */
export interface LoginWay {
  states: LoginStates
  publicUrl: string
}

/**
 * Where to go instead when another site began a sign-in: to our own page, where a person begins it, or not. A provider
 * that signs somebody in without a word must not add its login to whoever is signed in here. Null for our own pages.
 */
export function detourOf(c: AppContext, { publicUrl }: Pick<LoginWay, 'publicUrl'>): string | null {
  if (!SENT_BY_OTHERS.has(c.req.header('sec-fetch-site') ?? '')) return null
  return `/sign-in?returnTo=${encodeURIComponent(safeReturnTo(c.req.query('returnTo'), publicUrl))}`
}

/** Remembers in this browser what it began, and for whom. */
export async function rememberLogin(
  c: AppContext,
  { states, publicUrl }: LoginWay,
  begun: Omit<LoginState, 'returnTo' | 'sessionId'>,
): Promise<void> {
  const visitor = await browserVisitor(c)
  const returnTo = safeReturnTo(c.req.query('returnTo'), publicUrl)
  await states.write(c, { ...begun, returnTo, sessionId: visitor?.sessionId ?? '' })
}
