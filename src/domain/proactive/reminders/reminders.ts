import { REMINDER_TEXT_MAX_LENGTH, REMINDERS_OPEN_MAX } from '#contract/limits'
import { type KeyRing, lockUser, type OnDamage, openOrTell } from '#domain/identity'
import { newId } from '#platform/ids'
import type { Executor } from '#platform/postgres'
import type { Vault } from '#platform/vault'
import { type Reminder, reminderPlace, type SealedReminder } from './reminder.ts'
import {
  cancelRow,
  countOpen,
  databaseNow,
  findOpen,
  insertReminder,
  isKnown,
  readOpen,
  rewriteReminder,
} from './reminder-store.ts'
import { aheadRefusal } from './when/ahead.ts'

export type ReminderRefusal = 'empty' | 'too_long' | 'past' | 'too_far' | 'too_many'
export type Added = { reminder: Reminder } | { refused: ReminderRefusal | 'known' }
export type Changed = { reminder: Reminder } | { refused: Exclude<ReminderRefusal, 'too_many'> | 'absent' }

/** What people asked to be reminded of, in the clear on this side and sealed on the other. */
export interface Reminders {
  /** The database's clock: what is to come is to come by it. */
  now(db: Executor): Promise<Date>
  /** `id`: that of a message, for a wish that may come up again. Takes the user's row lock. */
  add(tx: Executor, wish: { userId: string; id?: string; at: Date; text: string }): Promise<Added>
  /** Those still to come, the next one first. */
  list(db: Executor, userId: string): Promise<Reminder[]>
  /** One of the user's own that is still to come. */
  find(db: Executor, userId: string, id: string): Promise<Reminder | null>
  /** Takes the user's row lock. */
  change(tx: Executor, at: { userId: string; id: string }, to: { at?: Date; text?: string }): Promise<Changed>
  /** False when there is none to come any more. Takes the user's row lock. */
  cancel(tx: Executor, userId: string, id: string): Promise<boolean>
  open(sealed: SealedReminder): Promise<Reminder>
}

export interface RemindersDeps {
  vault: Vault
  keys: KeyRing
  /** A reminder does not open: it is in no list. */
  onDamage?: OnDamage
}

export function createReminders({ vault, keys, onDamage = () => {} }: RemindersDeps): Reminders {
  return {
    now: databaseNow,
    async add(tx, { userId, id = newId(), at, text: written }) {
      const text = written.trim()
      const user = await lockUser(tx, userId)
      if (!user) throw new Error('a reminder of nobody')
      if (await isKnown(tx, id)) return { refused: 'known' }
      const refused = textRefusal(text) ?? aheadRefusal(at, await databaseNow(tx))
      if (refused) return { refused }
      if ((await countOpen(tx, user.id)) >= REMINDERS_OPEN_MAX) return { refused: 'too_many' }
      const key = keys.remember(user.id, user.keyId, user.wrappedKey)
      const sealedText = vault.seal(key, reminderPlace(id), text)
      const sealed = await insertReminder(tx, { id, userId: user.id, sealedText, at })
      return { reminder: { ...withoutSeal(sealed), text } }
    },
    async list(db, userId) {
      const reminders: Reminder[] = []
      for (const sealed of await readOpen(db, userId, REMINDERS_OPEN_MAX * 2)) {
        const row = { table: 'reminders', id: sealed.id, userId }
        const reminder = await openOrTell(row, onDamage, () => open(sealed))
        if (reminder) reminders.push(reminder)
      }
      return reminders
    },
    async find(db, userId, id) {
      const sealed = await findOpen(db, userId, id)
      return sealed && open(sealed)
    },
    async change(tx, { userId, id }, { at, text }) {
      const user = await lockUser(tx, userId)
      const sealed = user && (await findOpen(tx, user.id, id))
      if (!sealed) return { refused: 'absent' }
      const present = await open(sealed)
      const changed = { ...present, at: at ?? present.at, text: text?.trim() ?? present.text }
      const refused = textRefusal(changed.text) ?? (at ? aheadRefusal(at, await databaseNow(tx)) : null)
      if (refused) return { refused }
      // By the key that it has: an undo takes it along, and its key with it.
      const key = await keys.byId(sealed.userId, vault.keyIdOf(sealed.sealedText))
      await rewriteReminder(tx, { ...changed, sealedText: vault.seal(key, reminderPlace(id), changed.text) })
      return { reminder: changed }
    },
    async cancel(tx, userId, id) {
      const user = await lockUser(tx, userId)
      return user !== null && cancelRow(tx, user.id, id)
    },
    open,
  }

  async function open(sealed: SealedReminder): Promise<Reminder> {
    const key = await keys.byId(sealed.userId, vault.keyIdOf(sealed.sealedText))
    return { ...withoutSeal(sealed), text: vault.open(key, reminderPlace(sealed.id), sealed.sealedText) }
  }
}

function textRefusal(text: string): 'empty' | 'too_long' | null {
  if (text === '') return 'empty'
  return text.length > REMINDER_TEXT_MAX_LENGTH ? 'too_long' : null
}

function withoutSeal({ sealedText: _, ...reminder }: SealedReminder): Omit<Reminder, 'text'> {
  return reminder
}
