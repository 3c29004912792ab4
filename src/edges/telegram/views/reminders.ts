import { REMINDER_TEXT_MAX_LENGTH, REMINDERS_OPEN_MAX } from '#contract/limits'
import { readUser } from '#domain/identity'
import { whenInWords } from '#domain/proactive'
import { backTo } from './back-to.ts'
import { bold } from './formatted.ts'
import { quoteLine } from './quote-line.ts'
import { type ButtonOf, label, type ShowView, say, viewOf } from './view.ts'

const REMINDERS_PER_PAGE = 8
const BUTTONS_IN_ROW = 4

/** The page that this reminder stands on, counted from 0; the first for one that is not there. */
export function leafOf(index: number): number {
  return Math.max(0, Math.floor(index / REMINDERS_PER_PAGE))
}

/** What is still to come, the next one first; `page` counts from 0, one too far shows the last. */
export const showReminders: ShowView = async (deps, at) => {
  const [user, reminders] = await Promise.all([readUser(deps.db, at.userId), deps.reminders.list(deps.db, at.userId)])
  if (!user) return null
  const title = [bold(label(deps, at, 'reminders')), '\n\n']
  const back = [backTo(deps, at, 'main')]
  const examples = say(deps, at, 'reminder-examples')
  if (reminders.length === 0)
    return viewOf(deps, at, [...title, say(deps, at, 'reminders-none'), '\n\n', examples], [back])
  const pages = Math.ceil(reminders.length / REMINDERS_PER_PAGE)
  const page = Math.min(Math.max(0, Number(at.args.page) || 0), pages - 1)
  const first = page * REMINDERS_PER_PAGE
  const shown = reminders.slice(first, first + REMINDERS_PER_PAGE)
  const lines = shown.map(({ at: due, text }, index) => {
    const when = whenInWords(deps.texts, due, { locale: at.locale, zone: user.timezone })
    return `${index > 0 ? '\n' : ''}${first + index + 1}. ${when}: ${quoteLine(text)}`
  })
  const drop = shown.map(({ id }, index): ButtonOf => {
    return { text: label(deps, at, 'drop', { number: first + index + 1 }), verb: 'drop', argument: id }
  })
  return viewOf(
    deps,
    at,
    [...title, ...lines],
    [
      drop.slice(0, BUTTONS_IN_ROW),
      drop.slice(BUTTONS_IN_ROW),
      pages > 1 ? turning(page, pages) : [],
      [{ text: label(deps, at, 'reminders-edit'), opens: '/reminders' }],
      back,
    ],
  )
}

/** That it is set, and for when by the person's clock. `reminderId` names it: the text itself is private. */
export const showReminderSet: ShowView = async (deps, at) => {
  const id = String(at.args.reminderId)
  const [user, reminder] = await Promise.all([
    readUser(deps.db, at.userId),
    deps.reminders.find(deps.db, at.userId, id),
  ])
  if (!user) return null
  if (!reminder) return viewOf(deps, at, [say(deps, at, 'reminder-gone')])
  const when = whenInWords(deps.texts, reminder.at, { locale: at.locale, zone: user.timezone })
  return viewOf(
    deps,
    at,
    [say(deps, at, 'reminder-set', { when }), '\n\n', { text: quoteLine(reminder.text), as: 'blockquote' }],
    [[{ text: label(deps, at, 'unremind'), verb: 'unremind', argument: id }]],
  )
}

/** Why there is no reminder, and how there will be one. */
export function reminderRefusal(key: string): ShowView {
  return async (deps, at) => {
    const why = say(deps, at, key, { max: REMINDER_TEXT_MAX_LENGTH, count: REMINDERS_OPEN_MAX })
    return viewOf(deps, at, [why, '\n\n', say(deps, at, 'reminder-examples')])
  }
}

/** ‹ and ›, as far as there is somewhere to go. */
function turning(page: number, pages: number): ButtonOf[] {
  const to = (text: string, target: number): ButtonOf => ({ text, verb: 'leaf', argument: String(target) })
  return [...(page > 0 ? [to('‹', page - 1)] : []), ...(page < pages - 1 ? [to('›', page + 1)] : [])]
}
