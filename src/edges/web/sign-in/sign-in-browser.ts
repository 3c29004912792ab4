import { type AppContext, Problem } from '#edges/http'
import { clientHash } from './client-hash.ts'
import { countNewcomer } from './count-newcomer.ts'
import { describeDevice } from './describe-device.ts'
import { type MustConfirm, type SignedIn, type SignInAttempt, settleSignIn } from './settle-sign-in.ts'
import type { SignInDeps } from './sign-in-deps.ts'
import { browserVisitor } from './visitor.ts'

/** What the page at `/link` explains; other refusals are answers of their own. */
const EXPLAINED = new Set(['telegram_already_linked', 'web_already_linked', 'login_taken', 'not_fresh', 'conflict'])

/** A verified proof, and how old it was when it came. */
type BrowserProof = Pick<SignInAttempt, 'proof' | 'spend'> & { secondsAgo?: number }

/** Signs this browser in with a verified proof; the session is in the cookie. Without one, somebody must confirm first. */
export async function signInBrowser(
  c: AppContext,
  deps: SignInDeps,
  { proof, secondsAgo = 0, spend }: BrowserProof,
): Promise<SignedIn | MustConfirm> {
  await countNewcomer(c, deps, proof)
  const settled = await settleSignIn(deps, {
    proof,
    provenSecondsAgo: secondsAgo,
    interface: 'browser',
    device: describeDevice(c.req.header('user-agent'), false),
    visitor: await browserVisitor(c),
    client: clientHash(c, deps),
    spend,
  })
  if ('token' in settled) c.var.frame.cookie.write(c, settled.token)
  return settled
}

/** The same for a way in that leaves the page: back to it, or to the page that asks or explains. */
export async function signInAndReturn(
  c: AppContext,
  deps: SignInDeps,
  { returnTo, ...attempt }: BrowserProof & { returnTo: string },
): Promise<Response> {
  try {
    const settled = await signInBrowser(c, deps, attempt)
    return c.redirect('confirm' in settled ? `/link#${settled.confirm}` : returnTo, 302)
  } catch (refusal) {
    if (refusal instanceof Problem && EXPLAINED.has(refusal.code)) {
      return c.redirect(`/link?problem=${refusal.code}`, 302)
    }
    throw refusal
  }
}
