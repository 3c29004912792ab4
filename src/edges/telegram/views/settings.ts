import { readProactive, readUser } from '#domain/identity'
import { backTo } from './back-to.ts'
import { bold } from './formatted.ts'
import { hoursInWords } from './quiet-hours.ts'
import { zoneInWords } from './time-zone.ts'
import { type ButtonOf, label, type ShowView, say, viewOf } from './view.ts'

/** What can be set, and how it is. */
export const showSettings: ShowView = async (deps, at) => {
  const [user, proactive] = await Promise.all([readUser(deps.db, at.userId), readProactive(deps.db, at.userId)])
  if (!user) return null
  const open = (name: string): ButtonOf => ({ text: label(deps, at, name), verb: 'show', argument: name })
  return viewOf(
    deps,
    at,
    [
      bold(say(deps, at, 'settings')),
      '\n\n',
      say(deps, at, 'settings-language'),
      '\n',
      say(deps, at, 'settings-zone', { zone: zoneInWords(deps, at, user.timezone) }),
      '\n',
      say(deps, at, proactive.enabled ? 'settings-first-yes' : 'settings-first-no'),
      '\n',
      say(deps, at, 'settings-quiet', { hours: hoursInWords(deps, at, proactive.quietHours ?? deps.quietHours) }),
    ],
    [[open('language'), open('zone')], [open('proactive'), open('quiet')], [backTo(deps, at, 'main')]],
  )
}
