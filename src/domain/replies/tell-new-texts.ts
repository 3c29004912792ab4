import { insertNotice } from '#domain/delivery'
import { isOwedTextsNews, type LegalVersions, lockUser, messengerOf, takeTextsNews } from '#domain/identity'
import { inTransaction } from '#platform/postgres'
import type { SettleDeps } from './fail-turn.ts'

/**
 * Tells somebody in their chat, once, that what they agreed to has a new version. Called after a reply, so that it
 * comes to people who are there: nobody is woken for it, and nobody's talk waits for an answer to it.
 */
export async function tellNewTexts(
  { db, announce }: Pick<SettleDeps, 'db' | 'announce'>,
  userId: string,
  versions: LegalVersions,
): Promise<void> {
  if (!(await isOwedTextsNews(db, userId, versions))) return
  await inTransaction(db, async (tx) => {
    const user = await lockUser(tx, userId)
    if (!user) return
    const messenger = await messengerOf(tx, user.id, 'telegram')
    if (messenger?.reachability !== 'reachable') return
    if (!(await takeTextsNews(tx, user.id, versions))) return
    const notice = { key: 'texts_changed' }
    await insertNotice(tx, { userId: user.id, channel: 'telegram', address: messenger.externalId, notice })
  })
  announce.wakeDeliveries()
}
