import { recordAudit } from '#domain/audit'
import { newId } from '#platform/ids'
import type { Executor } from '#platform/postgres'
import type { Vault } from '#platform/vault'
import { countWrongCodes, insertLink, supersedeBotLinks, supersedeLinksOf } from './link-store.ts'
import { hashLinkSecret, linkSecret, WRONG_CODES_PER_DAY_MAX } from './link-token.ts'

/**
 * A new link for the bot's chat of this user, whose row the caller has locked; earlier ones stop working. Refused
 * for a day where too many wrong codes came from.
 */
export async function issueLink(
  tx: Executor,
  { vault, userId, ttlSeconds }: { vault: Vault; userId: string; ttlSeconds: number },
): Promise<{ id: string } | { refused: 'locked' }> {
  if ((await countWrongCodes(tx, userId)) >= WRONG_CODES_PER_DAY_MAX) return { refused: 'locked' }
  await supersedeBotLinks(tx, userId)
  const id = newId()
  const tokenHash = hashLinkSecret(linkSecret(vault, id))
  await insertLink(tx, {
    id,
    tokenHash,
    origin: 'bot',
    telegramUserId: userId,
    webUserId: null,
    confirmerUserId: null,
    ttlSeconds,
  })
  await recordAudit(tx, { kind: 'link_issued', userId, details: { linkId: id, origin: 'bot' } })
  return { id }
}

/** A link for two users whose logins were both proven in one browser, waiting for the word of the one who was signed in there; returns its secret. */
export async function issueWebLink(
  tx: Executor,
  {
    vault,
    telegramUserId,
    webUserId,
    confirmerUserId,
    ttlSeconds,
  }: { vault: Vault; telegramUserId: string; webUserId: string; confirmerUserId: string; ttlSeconds: number },
): Promise<string> {
  await supersedeLinksOf(tx, [webUserId])
  const id = newId()
  const secret = linkSecret(vault, id)
  await insertLink(tx, {
    id,
    tokenHash: hashLinkSecret(secret),
    origin: 'web',
    telegramUserId,
    webUserId,
    confirmerUserId,
    ttlSeconds,
  })
  await recordAudit(tx, { kind: 'link_issued', userId: webUserId, details: { linkId: id, origin: 'web' } })
  return secret
}
