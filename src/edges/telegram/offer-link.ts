import { issueLink } from '#domain/linking'
import { type BotDeps, say, type Visit } from './visit.ts'

const SECONDS_PER_MINUTE = 60

/** Owes the chat a link that joins it with a login on the website; the address is worked out when it is sent. */
export async function offerLink({ linking, linkTtlSeconds: ttlSeconds }: BotDeps, at: Visit): Promise<void> {
  const issued = await issueLink(at.tx, { vault: linking.vault, userId: at.userId, ttlSeconds })
  if ('refused' in issued) return say(at, 'link_locked')
  await say(at, 'link', { linkId: issued.id, minutes: Math.ceil(ttlSeconds / SECONDS_PER_MINUTE) })
}
