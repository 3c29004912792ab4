import { factsOf, pageOf } from '../views/memory.ts'
import { visit } from '../visit.ts'
import type { Press } from './press.ts'

export const pressPage: Press = async (_deps, { argument }) => ({
  view: { key: 'memory', args: { page: Number(argument) || 0 } },
})

/** Asks once more; the button names the fact and never says it. */
export const pressForget: Press = async (_deps, { argument }) => ({
  view: { key: 'forget', args: { factId: argument } },
})

/** Forgets for good, and stays on the page. */
export const pressErase: Press = async (deps, { update, userId, argument }) => {
  const page = pageOf((await factsOf(deps, userId)).findIndex(({ id }) => id === argument))
  let forgotten = false
  await visit(deps, update, async (at) => {
    forgotten = await deps.memory.forget(at.tx, at.userId, argument)
  })
  if (forgotten) deps.announce.event(userId, { name: 'memory', data: {} })
  return { view: { key: 'memory', args: { page } }, says: forgotten ? 'answer-forgotten' : 'answer-forgotten-before' }
}
