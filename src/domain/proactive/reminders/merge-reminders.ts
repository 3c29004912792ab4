import type { MergePart } from '#domain/identity'
import { moveReminders, returnReminders } from './reminder-store.ts'

/** This room's part: a reminder follows the person who asked for it, and goes back with them. */
export const remindersPart: MergePart = {
  room: 'reminders',
  tables: { reminders: 'moves' },
  async merge(tx, { absorbedId, survivorId }) {
    await moveReminders(tx, absorbedId, survivorId)
    return {}
  },
  async undo(tx, { absorbedId, survivorId }) {
    await returnReminders(tx, absorbedId, survivorId)
    return {}
  },
}
