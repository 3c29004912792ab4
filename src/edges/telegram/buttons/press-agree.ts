import { recordConsent } from '#domain/identity'
import { visit } from '../visit.ts'
import type { Press } from './press.ts'

/** Agrees to the versions that the button names; when they hold no longer, those that do are shown instead. */
export const pressAgree: Press = async (deps, { update, argument }) => {
  const { legalVersions: versions } = deps
  if (argument !== `${versions.terms} ${versions.privacy}`) return { view: { key: 'texts_changed' } }
  await visit(deps, update, ({ tx, userId }) => recordConsent(tx, { userId, versions, interface: 'bot' }))
  return { view: { key: 'texts_agreed' } }
}
