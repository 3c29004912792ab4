import { askErasure, cancelErasure } from '#domain/leaving'
import { visit } from '../visit.ts'
import type { Press } from './press.ts'

/** The wish to be forgotten; the message then says until when it can be taken back, by the button it bears. */
export const pressLeave: Press = async (deps, { update, userId }) => {
  await visit(deps, update, async (at) => {
    await askErasure(at.tx, { userId: at.userId })
  })
  deps.announce.event(userId, { name: 'settings', data: {} })
  return { view: { key: 'delete' } }
}

export const pressStay: Press = async (deps, { update, userId }) => {
  let stays = false
  await visit(deps, update, async (at) => {
    stays = await cancelErasure(at.tx, { userId: at.userId })
  })
  deps.announce.event(userId, { name: 'settings', data: {} })
  return { view: { key: 'delete' }, says: stays ? 'answer-stays' : 'answer-stays-anyway' }
}
