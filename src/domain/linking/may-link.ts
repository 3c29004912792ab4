import { type KnownIdentity, listIdentities } from '#domain/identity'
import type { Executor } from '#platform/postgres'

/** Why these two are not joined, whatever anybody confirms. */
export type LinkConflict = 'telegram_already_linked' | 'web_already_linked'

export interface BothSides {
  telegram: KnownIdentity[]
  web: KnownIdentity[]
}

/** Both sides' identities, oldest first. */
export async function readBothSides(db: Executor, telegramUserId: string, webUserId: string): Promise<BothSides> {
  return { telegram: await listIdentities(db, telegramUserId), web: await listIdentities(db, webUserId) }
}

/** A Telegram user takes in one web user, once; a web user that has a Telegram of its own stays where it is. */
export function conflictOf({ telegram, web }: BothSides): LinkConflict | null {
  const isTelegram = ({ channel }: KnownIdentity) => channel === 'telegram'
  const same = telegram.some(({ userId }) => userId === web[0]?.userId)
  if (!same && web.some(isTelegram)) return 'web_already_linked'
  return same || !telegram.some(isTelegram) || telegram.some(({ channel }) => channel === 'web')
    ? 'telegram_already_linked'
    : null
}
