import { basename, extname, join } from 'node:path'
import { titleOf } from './talk-of.ts'
import { type ShowView, viewOf } from './view.ts'

/** Messengers show no SVG: a PNG of the same name stands beside it. */
const PICTURE_ENDING = '.png'

/** The companion's picture before the first words. `personaId`, `storyId`: who and what begins. */
export const showPortrait: ShowView = async (deps, at) => {
  const personaId = String(at.args.personaId)
  const persona = deps.catalogue.localized(personaId, at.locale)
  if (!persona) return null
  const drawn = persona.avatarUrl
  const photo = join(deps.personasFolder, 'portraits', `${basename(drawn, extname(drawn))}${PICTURE_ENDING}`)
  return { ...viewOf(deps, at, [titleOf(deps, at, { personaId, storyId: String(at.args.storyId) })]), photo }
}
