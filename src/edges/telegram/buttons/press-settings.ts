import { LOCALES } from '#contract/words'
import { isQuietHours, isTimeZone, type UserChanges, updateUser } from '#domain/identity'
import { visit } from '../visit.ts'
import { type Press, STALE } from './press.ts'

/** Views that a button may open by name. */
const OPENED = [
  'main',
  'memory',
  'settings',
  'language',
  'zone',
  'proactive',
  'quiet',
  'credits',
  'subscription',
  'stop_renewal',
  'help',
]

export const pressShow: Press = async (_deps, { argument }) => {
  return OPENED.includes(argument) ? { view: { key: argument } } : STALE
}

export const pressLanguage = setting((argument) => {
  const locale = LOCALES.find((known) => known === argument)
  return locale && { locale }
})

export const pressZone = setting((argument) => (isTimeZone(argument) ? { timezone: argument } : undefined))

export const pressFirst = setting((argument) => ({ proactiveEnabled: argument === 'yes' }))

export const pressQuiet = setting((argument) => (isQuietHours(argument) ? { quietHours: argument } : undefined))

/** A choice is written down, and the settings show it. */
function setting(read: (argument: string) => UserChanges | undefined): Press {
  return async (deps, { update, argument }) => {
    const changes = read(argument)
    if (!changes) return STALE
    await visit(deps, update, async ({ tx, userId }) => {
      await updateUser(tx, userId, changes)
    })
    return { view: { key: 'settings' }, says: 'answer-saved' }
  }
}
