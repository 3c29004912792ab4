import type { ProvenIdentity } from '#domain/identity'
import type { DataKey } from '#platform/vault'
import type { Sender } from './inbound-message.ts'

/** Ids only; about 200 bytes each. */
const SENDERS_MAX = 50_000

/** Who writes, as well as we know before the database is asked. */
export interface KnownSender {
  /** Set for a page's session; a messenger's user is found by the identity. */
  userId: string | null
  key: DataKey
  /** The user to make if the identity is new. */
  proposal: { userId: string; wrappedKey: Buffer } | null
}

/** Remembers which user a messenger identity had, to seal with the right key at the first try. A guess: the database decides. */
export function createSenderCache() {
  const users = new Map<string, string>()
  return {
    find: (identity: ProvenIdentity) => users.get(place(identity)) ?? null,
    forget: (identity: ProvenIdentity) => users.delete(place(identity)),
    /** Of users that are gone; null: of all. */
    forgetUsers(userIds: readonly string[] | null) {
      if (userIds === null) return users.clear()
      const gone = new Set(userIds)
      for (const [at, userId] of users) if (gone.has(userId)) users.delete(at)
    },
    remember(identity: ProvenIdentity, userId: string) {
      users.delete(place(identity))
      users.set(place(identity), userId)
      if (users.size <= SENDERS_MAX) return
      for (const oldest of users.keys()) {
        users.delete(oldest)
        return
      }
    },
  }
}

/** One word for whoever wrote, the same for all they write in one way. */
export function senderKey(sender: Sender): string {
  return 'userId' in sender ? sender.userId : place(sender.identity)
}

function place({ provider, externalId }: ProvenIdentity): string {
  return `${provider}:${externalId}`
}
