import { createHistory } from '#domain/conversations'
import { insertDeliveries, insertNotice } from '#domain/delivery'
import { createKeyRing, findOrCreateUser, lockUser } from '#domain/identity'
import { inTransaction } from '#platform/postgres'
import { createVault } from '#platform/vault'
import { MASTER_KEY } from '#test/vitte'
import type { World } from '#test/world'

const NOTHING = { basic: 0, pro: 0, cassandra: 0 }

/** Somebody whose chat the bot may write to. */
export interface Reachable {
  id: number
  userId: string
}

/** The doors by which other parts owe a chat something, on the database of a running Vitte. */
export function owingIn({ sandbox: { telegram }, database: { db } }: World) {
  const vault = createVault({ masterKey: Buffer.from(MASTER_KEY, 'base64') })
  const keyRing = createKeyRing({ vault, db })
  const history = createHistory({ vault, keys: keyRing })
  return {
    async newcomer(): Promise<Reachable> {
      const { id } = telegram.addPerson()
      telegram.grantWriteAccess(id)
      const proof = { provider: 'telegram', externalId: String(id), channel: 'telegram', displayName: 'Анна' } as const
      const options = { vault, keyRing, welcome: NOTHING, reachability: 'reachable' } as const
      return { id, userId: (await findOrCreateUser(db, { ...proof, locale: 'ru' }, options)).userId }
    },
    /** Messages of the companion that nobody asked for. */
    owePushes: ({ userId, id }: Reachable, texts: string[]) =>
      inTransaction(db, async (tx) => {
        const user = await lockUser(tx, userId)
        if (!user) throw new Error(`there is no user ${userId}`)
        for (const text of texts) {
          const at = { channel: 'telegram', interface: 'bot' } as const
          const line = { conversationId: null, turnId: null, role: 'assistant', contentType: 'text', text } as const
          const { id: messageId } = await history.append(tx, user, { ...line, ...at })
          const parts = [{ start: 0, end: text.length }]
          await insertDeliveries(tx, {
            userId,
            messageId,
            turnId: null,
            purpose: 'proactive',
            address: String(id),
            parts,
            ...at,
          })
        }
      }),
    /** All in one transaction: then all are due at once. */
    oweNotices: (people: Reachable[], keys: string[]) =>
      inTransaction(db, async (tx) => {
        for (const { userId, id } of people.toSorted((a, b) => (a.userId < b.userId ? -1 : 1))) {
          await lockUser(tx, userId)
          for (const key of keys)
            await insertNotice(tx, { userId, channel: 'telegram', address: String(id), notice: { key } })
        }
      }),
  }
}
