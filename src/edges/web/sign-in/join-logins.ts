import { recordAudit } from '#domain/audit'
import { addIdentity, type KnownIdentity, listIdentities, lockUsers, type ProvenIdentity } from '#domain/identity'
import { conflictOf, issueWebLink, mergeUsers, readBothSides, stakeOf } from '#domain/linking'
import { type Caller, Problem } from '#edges/http'
import type { Executor } from '#platform/postgres'
import { findUser, type Joined, type MustConfirm, type SignInAttempt } from './settle-sign-in.ts'
import type { SignInDeps } from './sign-in-deps.ts'

/**
 * What a sign-in means for somebody signed in already (spec.md section 2): their own login proves them anew; an unknown
 * one becomes theirs; Telegram and a web login of two users are joined at once if the web user has nothing to lose, and
 * else after a word on the page, so that a shared computer merges nobody. The users of both are locked.
 * @throws Problem 409 `web_already_linked`, `telegram_already_linked`, `login_taken`; 403 `not_fresh`
 */
export async function joinLogins(
  tx: Executor,
  deps: SignInDeps,
  attempt: SignInAttempt,
  { visitor, known }: { visitor: Caller; known: KnownIdentity | null },
): Promise<Joined | MustConfirm> {
  const { proof } = attempt
  if (known?.userId === visitor.userId) return findUser(tx, deps, attempt)
  const own = await listIdentities(tx, visitor.userId)
  if (proof.channel === 'telegram') {
    if (own.some(isTelegram)) throw new Problem(409, 'web_already_linked')
    const { userId: telegramUserId } = await findUser(tx, deps, attempt)
    return joinOrAsk(tx, deps, { telegramUserId, webUserId: visitor.userId }, visitor)
  }
  if (!known) return add(tx, proof, visitor)
  if (!own.some(isTelegram) || (await listIdentities(tx, known.userId)).some(isTelegram)) {
    throw new Problem(409, 'login_taken')
  }
  return joinOrAsk(tx, deps, { telegramUserId: visitor.userId, webUserId: known.userId }, visitor)
}

async function joinOrAsk(
  tx: Executor,
  { vault, linking }: SignInDeps,
  { telegramUserId, webUserId }: { telegramUserId: string; webUserId: string },
  visitor: Caller,
): Promise<Joined | MustConfirm> {
  // One of them may have come into being just now.
  await lockUsers(tx, [telegramUserId, webUserId])
  const conflict = conflictOf(await readBothSides(tx, telegramUserId, webUserId))
  if (conflict) throw new Problem(409, conflict)
  const { precious } = await stakeOf(tx, linking.parts, webUserId)
  if (precious || !visitor.fresh) {
    const asked = { telegramUserId, webUserId, confirmerUserId: visitor.userId, ttlSeconds: linking.ttlSeconds }
    return { confirm: await issueWebLink(tx, { vault, ...asked }) }
  }
  // The new session takes the place of the one that stood open, so none has to move.
  const both = { survivorId: telegramUserId, absorbedId: webUserId, sessionId: null, way: 'logins' as const }
  return { userId: telegramUserId, merged: await mergeUsers(tx, { vault, parts: linking.parts }, both) }
}

async function add(tx: Executor, proof: ProvenIdentity, visitor: Caller): Promise<Joined> {
  if (!visitor.fresh) throw new Problem(403, 'not_fresh')
  const identityId = await addIdentity(tx, visitor.userId, proof)
  if (identityId === null) throw new Problem(409, 'login_taken')
  const details = { provider: proof.provider, identityId }
  await recordAudit(tx, { kind: 'login_added', userId: visitor.userId, details })
  return { userId: visitor.userId, merged: null }
}

function isTelegram({ channel }: KnownIdentity): boolean {
  return channel === 'telegram'
}
