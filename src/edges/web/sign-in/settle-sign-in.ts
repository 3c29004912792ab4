import type { User } from '#contract/api'
import type { Reachability } from '#contract/words'
import {
  endSession,
  findOrCreateUser,
  type ProvenIdentity,
  readUser,
  type SessionInterface,
  startSession,
  userTopic,
} from '#domain/identity'
import { type Caller, Problem } from '#edges/http'
import { type Executor, inTransaction } from '#platform/postgres'
import type { SignInDeps } from './sign-in-deps.ts'

export interface SignInAttempt {
  /** Verified already. */
  proof: ProvenIdentity
  reachability?: Reachability
  interface: SessionInterface
  device: string
  /** Who this browser was signed in as. A Mini App has no say in that: null. */
  visitor: Caller | null
  /** Spends the proof, so that it cannot be used again; refuses by throwing a Problem. */
  spend(tx: Executor): Promise<void>
}

export interface SettledSignIn {
  user: User
  token: string
  expiresAt: Date
}

/**
 * Where every way of signing in ends: in one transaction the proof is spent, the user found or made, the browser's old
 * session ended and a new one begun. Somebody signed in as another user becomes the user of the new proof.
 */
export async function settleSignIn(deps: SignInDeps, attempt: SignInAttempt): Promise<SettledSignIn> {
  const { visitor, proof } = attempt
  const settled = await inTransaction(deps.db, async (tx) => {
    await attempt.spend(tx)
    const { userId } = await findOrCreateUser(tx, proof, {
      vault: deps.vault,
      keyRing: deps.keyRing,
      welcome: proof.channel === 'telegram' ? deps.welcome.telegram : deps.welcome.web,
      reachability: attempt.reachability ?? null,
    })
    const ended = visitor !== null && (await endSession(tx, visitor.userId, visitor.sessionId))
    const session = await startSession(tx, { userId, interface: attempt.interface, device: attempt.device })
    const user = await readUser(tx, userId)
    if (!user) throw new Problem(503, 'unavailable')
    return { user, token: session.token, expiresAt: session.expiresAt, ended }
  })
  if (visitor && settled.ended) announceEnd(deps, visitor.userId, [visitor.sessionId])
  return settled
}

/** Closes the streams of ended sessions, wherever they are open. */
export function announceEnd({ live }: Pick<SignInDeps, 'live'>, userId: string, sessionIds: readonly string[]): void {
  for (const sessionId of sessionIds) live.publish(userTopic(userId), { kind: 'session.ended', sessionId })
}
