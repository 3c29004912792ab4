import { z } from '@hono/zod-openapi'
import type { Kysely } from 'kysely'
import type { Reminder as ShownReminder } from '#contract/api'
import { REMINDER_TEXT_MAX_LENGTH, REMINDERS_OPEN_MAX } from '#contract/limits'
import { messengerOf } from '#domain/identity'
import type { Changed, Reminder, ReminderRefusal, Reminders } from '#domain/proactive'
import type { Announce } from '#domain/replies'
import { type App, defineRoute, jsonAnswer, jsonBody, knownId, type Limits, Problem } from '#edges/http'
import { type Database, inTransaction } from '#platform/postgres'

/** What reminders on pages stand on. */
export interface ReminderRouteDeps {
  db: Kysely<Database>
  reminders: Reminders
  announce: Announce
  limits: Limits
}

const reminderSchema: z.ZodType<ShownReminder> = z
  .object({ id: z.string(), text: z.string(), at: z.string(), createdAt: z.string() })
  .openapi('Reminder')

/** A whole book pasted by mistake gets a sentence about its length, not about its bytes. */
const BODY_MAX_BYTES = 1_048_576

const text = z
  .string()
  .refine((value) => value.trim() !== '', 'empty')
  .refine((value) => value.isWellFormed() && !value.includes('\0'), 'not text')
const at = z.iso.datetime({ offset: true })
const idParam = z.object({ id: z.string() })
const oneReminder = z.object({ reminder: reminderSchema })

const list = defineRoute({
  method: 'get',
  path: '/api/reminders',
  owner: 'user',
  summary: 'What the user is still to be reminded of, the next one first',
  responses: { 200: jsonAnswer(z.object({ reminders: z.array(reminderSchema) }), 'Reminders') },
})

const add = defineRoute({
  method: 'post',
  path: '/api/reminders',
  owner: 'user',
  maxBodyBytes: BODY_MAX_BYTES,
  summary: 'Set a reminder, to come in Telegram; 409 for who cannot be written to there',
  request: { body: jsonBody(z.strictObject({ at, text })) },
  responses: { 201: jsonAnswer(oneReminder, 'The reminder') },
})

const change = defineRoute({
  method: 'patch',
  path: '/api/reminders/{id}',
  owner: 'user',
  maxBodyBytes: BODY_MAX_BYTES,
  summary: 'Change the time or the text of a reminder',
  request: { params: idParam, body: jsonBody(z.strictObject({ at: at.optional(), text: text.optional() })) },
  responses: { 200: jsonAnswer(oneReminder, 'The reminder as it is now') },
})

const cancel = defineRoute({
  method: 'delete',
  path: '/api/reminders/{id}',
  owner: 'user',
  summary: 'Cancel a reminder',
  request: { params: idParam },
  responses: { 204: { description: 'Cancelled' } },
})

/** The routes of contract section 4 about reminders. */
export function reminderRoutes(app: App, deps: ReminderRouteDeps): void {
  const { db, reminders, limits } = deps

  app.openapi(list, async (c) => {
    const listed = await reminders.list(db, c.var.caller.userId)
    return c.json({ reminders: listed.map(present) }, 200)
  })

  app.openapi(add, async (c) => {
    const { userId } = c.var.caller
    const wish = c.req.valid('json')
    await limits.take('reminderPerUser', userId)
    const messenger = await messengerOf(db, userId, 'telegram')
    if (messenger?.reachability !== 'reachable') throw new Problem(409, 'telegram_required')
    const wished = { userId, at: new Date(wish.at), text: wish.text }
    const reminder = orRefuse(await inTransaction(db, (tx) => reminders.add(tx, wished)))
    tellPages(deps, reminder.userId)
    return c.json({ reminder: present(reminder) }, 201)
  })

  app.openapi(change, async (c) => {
    const id = knownId(c.req.valid('param').id)
    const { userId } = c.var.caller
    const wish = c.req.valid('json')
    await limits.take('reminderPerUser', userId)
    const to = {
      ...(wish.at === undefined ? {} : { at: new Date(wish.at) }),
      ...(wish.text === undefined ? {} : { text: wish.text }),
    }
    const reminder = orRefuse(await inTransaction(db, (tx) => reminders.change(tx, { userId, id }, to)))
    tellPages(deps, reminder.userId)
    return c.json({ reminder: present(reminder) }, 200)
  })

  app.openapi(cancel, async (c) => {
    const id = knownId(c.req.valid('param').id)
    const { userId } = c.var.caller
    if (!(await inTransaction(db, (tx) => reminders.cancel(tx, userId, id)))) throw new Problem(404, 'not_found')
    tellPages(deps, userId)
    return c.body(null, 204)
  })
}

function tellPages({ announce }: ReminderRouteDeps, userId: string): void {
  announce.event(userId, { name: 'reminders', data: {} })
}

function orRefuse(outcome: Changed | { refused: ReminderRefusal | 'known' }): Reminder {
  if ('reminder' in outcome) return outcome.reminder
  switch (outcome.refused) {
    case 'absent':
      throw new Problem(404, 'not_found')
    case 'past':
      throw new Problem(422, 'reminder_past')
    case 'too_far':
      throw new Problem(422, 'reminder_too_far')
    case 'too_long':
      throw new Problem(422, 'reminder_too_long', { args: { max: REMINDER_TEXT_MAX_LENGTH } })
    case 'too_many':
      throw new Problem(409, 'reminder_too_many', { args: { count: REMINDERS_OPEN_MAX } })
    default:
      throw new Problem(409, 'conflict')
  }
}

function present({ id, text: words, at: due, createdAt }: Reminder): ShownReminder {
  return { id, text: words, at: due.toISOString(), createdAt: createdAt.toISOString() }
}
