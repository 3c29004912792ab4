import { leafOf } from '../views/reminders.ts'
import { type BotDeps, visit } from '../visit.ts'
import type { Press, Pressing } from './press.ts'

/** Under the confirmation: it was not meant so. */
export const pressUnremind: Press = async (deps, pressing) => {
  await cancel(deps, pressing)
  return { view: { key: 'reminder_set', args: { reminderId: pressing.argument } } }
}

/** In the list, which stays on its page. */
export const pressDrop: Press = async (deps, pressing) => {
  const listed = await deps.reminders.list(deps.db, pressing.userId)
  const page = leafOf(listed.findIndex(({ id }) => id === pressing.argument))
  const dropped = await cancel(deps, pressing)
  return { view: { key: 'reminders', args: { page } }, says: dropped ? 'answer-dropped' : 'answer-dropped-before' }
}

export const pressLeaf: Press = async (_deps, { argument }) => ({
  view: { key: 'reminders', args: { page: Number(argument) || 0 } },
})

async function cancel(deps: BotDeps, { update, userId, argument }: Pressing): Promise<boolean> {
  let cancelled = false
  await visit(deps, update, async (at) => {
    cancelled = await deps.reminders.cancel(at.tx, at.userId, argument)
  })
  if (cancelled) deps.announce.event(userId, { name: 'reminders', data: {} })
  return cancelled
}
