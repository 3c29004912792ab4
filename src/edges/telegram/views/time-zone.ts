import { readUser } from '#domain/identity'
import { backTo, ticked } from './back-to.ts'
import { bold } from './formatted.ts'
import { clockIn, offsetOf } from './time.ts'
import { type ButtonOf, type Looking, label, type ShowView, say, type ViewDeps, viewOf } from './view.ts'

/** One city for each Russian offset, from west to east, with those that most people look for. */
const ZONES = {
  kaliningrad: 'Europe/Kaliningrad',
  moscow: 'Europe/Moscow',
  samara: 'Europe/Samara',
  yekaterinburg: 'Asia/Yekaterinburg',
  omsk: 'Asia/Omsk',
  novosibirsk: 'Asia/Novosibirsk',
  krasnoyarsk: 'Asia/Krasnoyarsk',
  irkutsk: 'Asia/Irkutsk',
  yakutsk: 'Asia/Yakutsk',
  vladivostok: 'Asia/Vladivostok',
  magadan: 'Asia/Magadan',
  kamchatka: 'Asia/Kamchatka',
} as const
const ZONES_IN_ROW = 2

/** Where the person's clock is; the rest of the world is found in the Mini App. */
export const showTimeZone: ShowView = async (deps, at) => {
  const user = await readUser(deps.db, at.userId)
  if (!user) return null
  const { timezone } = user
  const now = timezone
    ? say(deps, at, 'zone-now', { zone: zoneInWords(deps, at, timezone), time: clockIn(new Date(), timezone) })
    : say(deps, at, 'zone-unknown')
  return viewOf(
    deps,
    at,
    [bold(label(deps, at, 'zone')), '\n\n', now, '\n', say(deps, at, 'zone-why')],
    [
      ...inRows(Object.keys(ZONES).map((key) => choice(deps, at, key as keyof typeof ZONES, timezone))),
      [{ text: label(deps, at, 'zone-other'), opens: '/settings' }],
      [backTo(deps, at, 'settings')],
    ],
  )
}

/** The same for a reminder that could not be set without it. */
export const showZoneForReminder: ShowView = async (deps, at) => {
  const view = await showTimeZone(deps, at)
  if (!view) return null
  const { text } = viewOf(deps, at, [say(deps, at, 'reminder-zone-unknown'), '\n\n'])
  const entities = view.entities.map((entity) => ({ ...entity, offset: entity.offset + text.length }))
  return { ...view, text: `${text}${view.text}`, entities }
}

/** "Moscow (UTC+3)"; a zone without a name here by the city it is called after. */
export function zoneInWords(deps: ViewDeps, at: Looking, timezone: string | null): string {
  if (timezone === null) return say(deps, at, 'zone-none')
  const key = Object.entries(ZONES).find(([, id]) => id === timezone)?.[0]
  const city = key ? say(deps, at, `zone-${key}`) : (timezone.split('/').at(-1) ?? timezone).replaceAll('_', ' ')
  return `${city} (${offsetOf(timezone)})`
}

function choice(deps: ViewDeps, at: Looking, key: keyof typeof ZONES, present: string | null): ButtonOf {
  const id = ZONES[key]
  const text = `${say(deps, at, `zone-${key}`)} ${offsetOf(id).replace('UTC', '')}`
  return { text: ticked(text, id === present), verb: 'zone', argument: id }
}

function inRows(buttons: ButtonOf[]): ButtonOf[][] {
  const rows = Math.ceil(buttons.length / ZONES_IN_ROW)
  return Array.from({ length: rows }, (_, row) => buttons.slice(row * ZONES_IN_ROW, (row + 1) * ZONES_IN_ROW))
}
