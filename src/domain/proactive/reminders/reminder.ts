/** What somebody asked to be reminded of, and when. */
export interface Reminder {
  id: string
  userId: string
  text: string
  at: Date
  createdAt: Date
}

/** A reminder as it lies in the database. */
export interface SealedReminder extends Omit<Reminder, 'text'> {
  sealedText: Buffer
}

/** Where a reminder's text is sealed: the vault's additional data. */
export function reminderPlace(id: string): { table: string; id: string } {
  return { table: 'reminders', id }
}
