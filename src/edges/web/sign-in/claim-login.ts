import { createHash } from 'node:crypto'
import { spendProof } from '#domain/identity'
import { type AppContext, Problem } from '#edges/http'
import type { LoginState, LoginStates } from './login-state.ts'
import type { SignInDeps } from './sign-in-deps.ts'
import { browserVisitor } from './visitor.ts'

const STATE_KEPT_SECONDS = 1_200

/**
 * The login that this browser began at `provider` and that `answer` belongs to. It counts once, in the browser that
 * asked: an answer that somebody else was given, or that comes again, signs nobody in.
 * @throws Problem 403 `sign_in_state`
 */
export async function claimLogin(
  c: AppContext,
  { states, db }: { states: LoginStates } & Pick<SignInDeps, 'db'>,
  { provider, answer }: { provider: string; answer: URLSearchParams },
): Promise<LoginState> {
  const pending = await states.take(c)
  const given = answer.getAll('state')
  if (pending?.provider !== provider || given.length !== 1 || given[0] !== pending.state) {
    throw new Problem(403, 'sign_in_state')
  }
  // Somebody who signed in since did not begin this: it must not add a login to what is theirs.
  const visitor = await browserVisitor(c)
  if (visitor && visitor.sessionId !== pending.sessionId) throw new Problem(403, 'sign_in_state')
  const hash = createHash('sha256').update(`oidc state\n${pending.state}`).digest()
  const once = { maxUses: 1, withinSeconds: STATE_KEPT_SECONDS, keepSeconds: STATE_KEPT_SECONDS }
  if (!(await spendProof(db, hash, once))) throw new Problem(403, 'sign_in_state')
  return pending
}
