import { readUser } from '#domain/identity'
import { readWhen } from '#domain/proactive'
import type { InboundUpdate } from './inbound-update.ts'
import { type BotDeps, say, type Visit } from './visit.ts'

type CommandUpdate = Extract<InboundUpdate, { kind: 'command' }>

/** `/remind <when> <text>` sets a reminder; alone it lists them. */
export async function remind({ reminders }: BotDeps, at: Visit, { payload }: CommandUpdate): Promise<void> {
  if (payload === '') return say(at, 'reminders')
  const user = await readUser(at.tx, at.userId)
  if (!user) return
  const { timezone: zone, locale } = user
  const when = readWhen(payload, { now: await reminders.now(at.tx), zone, locale })
  if ('refused' in when) return say(at, `reminder_${when.refused}`)
  const added = await reminders.add(at.tx, { userId: at.userId, ...when })
  if ('refused' in added) return say(at, `reminder_${added.refused}`)
  // What it says is private: a notice names it only.
  await say(at, 'reminder_set', { reminderId: added.reminder.id })
}
