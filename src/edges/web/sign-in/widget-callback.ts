import { type AppContext, Problem } from '#edges/http'
import { claimLogin } from './claim-login.ts'
import type { LoginStates } from './login-state.ts'
import type { SignInDeps } from './sign-in-deps.ts'
import { proveWidget, type TelegramProof } from './telegram-proof.ts'

/** How the widget is called in a login's state; no provider can be called so. */
export const WIDGET_NAME = 'telegram widget'

/**
 * What the Login Widget brought back in the address: the state that this browser was given, and the signed fields.
 * @throws Problem 403 `sign_in_state`, or what `proveWidget` throws
 */
export async function readWidgetCallback(
  c: AppContext,
  deps: SignInDeps,
  states: LoginStates,
): Promise<TelegramProof & { returnTo: string }> {
  const answer = new URL(c.req.url).searchParams
  const { returnTo } = await claimLogin(c, { states, db: deps.db }, { provider: WIDGET_NAME, answer })
  answer.delete('state')
  const fields = Object.fromEntries(answer)
  // Of a repeated field one would be verified and the other might be read.
  if (Object.keys(fields).length !== answer.size) throw new Problem(401, 'invalid_signature')
  return { ...(await proveWidget(c, deps, fields)), returnTo }
}
