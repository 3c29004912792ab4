import type { User } from '#contract/api'
import type { Reachability } from '#contract/words'
import { recordAudit } from '#domain/audit'
import {
  endHeldSession,
  findIdentity,
  findOrCreateUser,
  holdsSession,
  type KnownIdentity,
  lockUsers,
  type ProvenIdentity,
  readUser,
  type SessionInterface,
  startSession,
  userTopic,
} from '#domain/identity'
import type { Merged } from '#domain/linking'
import { type Caller, Problem } from '#edges/http'
import { type Executor, inTransaction } from '#platform/postgres'
import { joinLogins } from './join-logins.ts'
import type { SignInDeps } from './sign-in-deps.ts'

/** A login changes hands only by a merge or its undo; more often in a row it does not. */
const OWNERS_FOLLOWED_MAX = 4

export interface SignInAttempt {
  /** Verified already. */
  proof: ProvenIdentity
  reachability?: Reachability
  /** How old the proof was when it came; a moment, where nothing is said. */
  provenSecondsAgo?: number
  interface: SessionInterface
  device: string
  /** Who this browser was signed in as. A Mini App has no say in that: null. */
  visitor: Caller | null
  /** A keyed hash of where it comes from, for the audit. */
  client: Buffer
  /** Spends the proof, so that it cannot be used again; refuses by throwing a Problem. */
  spend(tx: Executor): Promise<void>
}

export interface SignedIn {
  user: User
  token: string
  expiresAt: Date
}

/** Somebody else was signed in, and joining the two needs a word first: nobody's things have moved. */
export interface MustConfirm {
  confirm: string
}

/**
 * Where every way of signing in ends, in one transaction: the proof is spent, the user found or made, the browser's old
 * session ended and a new one begun. For somebody signed in already it adds or joins a login; see `joinLogins`.
 * @throws Problem 409 when the two cannot be joined, 403 `not_fresh` when the visitor must prove who they are first
 */
export async function settleSignIn(deps: SignInDeps, attempt: SignInAttempt): Promise<SignedIn | MustConfirm> {
  const { visitor } = attempt
  const settled = await inTransaction(deps.db, async (tx) => {
    const known = await lockSides(tx, attempt)
    await attempt.spend(tx)
    const joined = visitor ? await joinLogins(tx, deps, attempt, { visitor, known }) : await findUser(tx, deps, attempt)
    return 'confirm' in joined ? joined : begin(tx, attempt, joined)
  })
  if ('confirm' in settled) return settled
  if (visitor && settled.ended) announceEnd(deps, visitor.userId, [visitor.sessionId])
  if (settled.merged) await deps.linking.news.linked(settled.merged)
  return settled
}

/**
 * Locks whoever a sign-in is about, the proof's user and the visitor, before anything is spent or read that a merge, an
 * undo or a removal might change; then the login is as it will stay until the commit. Null for one that nobody has.
 */
async function lockSides(tx: Executor, { proof, visitor }: SignInAttempt): Promise<KnownIdentity | null> {
  for (let owners = 0; owners < OWNERS_FOLLOWED_MAX; owners += 1) {
    const before = await findIdentity(tx, proof.provider, proof.externalId)
    const sides = [before?.userId, visitor?.userId].filter((id) => id !== undefined)
    const users = await lockUsers(tx, sides)
    const known = await findIdentity(tx, proof.provider, proof.externalId)
    if (known?.userId !== before?.userId) continue
    const gone = [...users.values()].some(({ mergedInto }) => mergedInto !== null)
    // What was signed in when the request came may be signed out by now, or somebody else's.
    if (gone || (visitor && !(await holdsSession(tx, visitor)))) throw new Problem(409, 'conflict')
    return known
  }
  throw new Problem(503, 'unavailable')
}

/** As whom a sign-in ends. */
export interface Joined {
  userId: string
  merged: Merged | null
}

/** The user of a proof, made if it is the first. */
export async function findUser(
  tx: Executor,
  deps: SignInDeps,
  { proof, reachability }: Pick<SignInAttempt, 'proof' | 'reachability'>,
): Promise<Joined> {
  const { userId } = await findOrCreateUser(tx, proof, {
    vault: deps.vault,
    keyRing: deps.keyRing,
    welcome: proof.channel === 'telegram' ? deps.welcome.telegram : deps.welcome.web,
    reachability: reachability ?? null,
  })
  return { userId, merged: null }
}

async function begin(
  tx: Executor,
  attempt: SignInAttempt,
  { userId, merged }: Joined,
): Promise<SignedIn & { ended: boolean; merged: Merged | null }> {
  const { visitor, proof } = attempt
  const identity = await findIdentity(tx, proof.provider, proof.externalId)
  const session = await startSession(tx, {
    userId,
    interface: attempt.interface,
    device: attempt.device,
    provenIdentityId: identity?.id,
    keepProofsOf: visitor?.sessionId,
    provenSecondsAgo: attempt.provenSecondsAgo,
  })
  const ended = visitor !== null && (await endHeldSession(tx, visitor.sessionId)) !== null
  await recordAudit(tx, {
    kind: 'sign_in',
    userId,
    details: { provider: proof.provider, interface: attempt.interface, sessionId: session.id },
    client: attempt.client,
  })
  const user = await readUser(tx, userId)
  if (!user) throw new Problem(503, 'unavailable')
  return { user, token: session.token, expiresAt: session.expiresAt, ended, merged }
}

/** Closes the streams of ended sessions, wherever they are open. */
export function announceEnd({ live }: Pick<SignInDeps, 'live'>, userId: string, sessionIds: readonly string[]): void {
  for (const sessionId of sessionIds) live.publish(userTopic(userId), { kind: 'session.ended', sessionId })
}
