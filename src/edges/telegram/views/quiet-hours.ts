import { readProactive, readUser } from '#domain/identity'
import { backTo, ticked } from './back-to.ts'
import { bold } from './formatted.ts'
import { type ButtonOf, type Looking, label, type ShowView, say, type ViewDeps, viewOf } from './view.ts'

const NONE = 'none'
/** Usual nights; any other is set in the Mini App. */
const USUAL_HOURS = [
  ['21:00-08:00', '22:00-09:00'],
  ['23:00-08:00', '00:00-10:00'],
] as const

/** When the companion does not write first. */
export const showQuietHours: ShowView = async (deps, at) => {
  const [user, proactive] = await Promise.all([readUser(deps.db, at.userId), readProactive(deps.db, at.userId)])
  if (!user) return null
  const present = proactive.quietHours ?? deps.quietHours
  const choice = (argument: string): ButtonOf => {
    const text = argument === NONE ? label(deps, at, 'quiet-none') : hoursInWords(deps, at, argument)
    return { text: ticked(text, argument === present), verb: 'quiet', argument }
  }
  const unknownZone = user.timezone === null ? ['\n', say(deps, at, 'quiet-zone')] : []
  const now = say(deps, at, 'quiet-now', { hours: hoursInWords(deps, at, present) })
  return viewOf(
    deps,
    at,
    [bold(label(deps, at, 'quiet')), '\n\n', say(deps, at, 'quiet'), '\n', now, ...unknownZone],
    [
      ...USUAL_HOURS.map((row) => row.map(choice)),
      [choice(NONE)],
      [{ text: label(deps, at, 'quiet-other'), opens: '/settings' }],
      [backTo(deps, at, 'settings')],
    ],
  )
}

/** "22:00–09:00", or that there are none. */
export function hoursInWords(deps: ViewDeps, at: Looking, hours: string): string {
  return hours === NONE ? say(deps, at, 'quiet-none') : hours.replace('-', '–')
}
