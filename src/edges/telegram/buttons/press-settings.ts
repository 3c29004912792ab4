import { LOCALES } from '#contract/words'
import { isQuietHours, isTimeZone, type UserChanges } from '#domain/identity'
import { changeUser } from '#domain/proactive'
import { type BotDeps, visit } from '../visit.ts'
import { type ButtonUpdate, type Press, STALE } from './press.ts'

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

/** The same choice where it was asked for: the answer stands in the question's place. */
export const pressConsent: Press = async (deps, { update, argument }) => {
  await choose(deps, update, { proactiveEnabled: argument === 'yes' })
  return { view: { key: 'first_chosen' } }
}

/** No more of what the button stands under; the companion's line stays. */
export const pressHush: Press = async (deps, { update }) => {
  await choose(deps, update, { proactiveEnabled: false })
  return { view: null, says: 'answer-hushed' }
}

/** A choice is written down, and the settings show it. */
function setting(read: (argument: string) => UserChanges | undefined): Press {
  return async (deps, { update, argument }) => {
    const changes = read(argument)
    if (!changes) return STALE
    await choose(deps, update, changes)
    return { view: { key: 'settings' }, says: 'answer-saved' }
  }
}

async function choose(deps: BotDeps, update: ButtonUpdate, changes: UserChanges): Promise<void> {
  let chosenBy = ''
  await visit(deps, update, async ({ tx, userId }) => {
    chosenBy = userId
    await changeUser(tx, userId, changes)
  })
  // Open pages ask no more for what was answered here.
  if (chosenBy !== '') deps.announce.event(chosenBy, { name: 'settings', data: {} })
}
