import type { Reminder } from '#contract/api'
import { useApi } from '../api/api-provider.tsx'
import type { Query } from '../api/cache.ts'
import { useKnown } from '../api/cache-provider.tsx'
import type { Api } from '../api/create-api.ts'

/** The event `reminders` asks for them again by this key. */
export const REMINDERS_KEY = 'reminders'

/** What is still to come, the next one first. */
export function remindersQuery(api: Api): Query<Reminder[]> {
  return {
    key: REMINDERS_KEY,
    ask: async () => (await api.call<{ reminders: Reminder[] }>('GET', '/api/reminders')).reminders,
  }
}

export function useReminders() {
  return useKnown(remindersQuery(useApi()))
}

/** With one that is new or was changed in its place by time. */
export function withReminder(reminders: Reminder[], saved: Reminder): Reminder[] {
  return [...reminders.filter(({ id }) => id !== saved.id), saved].sort((a, b) => a.at.localeCompare(b.at))
}
