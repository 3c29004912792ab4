import { activeConversation, type Conversation, findConversation, restorableUntil } from '#domain/conversations'
import { recordConsent } from '#domain/identity'
import {
  cancelTurn,
  confirmAdult,
  oweRecap,
  receiveOnce,
  restartConversation,
  restoreConversation,
  retryTurn,
} from '#domain/replies'
import { type BotDeps, say, visit } from '../visit.ts'
import { type Outcome, type Press, STALE } from './press.ts'

/** 18+ and the texts, which the sentence above the button leads to: agreed to once; what stands now comes as a message of its own, so that the sentence about who answers stays. */
export const pressAdult: Press = async (deps, { update, userId }) => {
  const address = update.person.id
  const isAdult = await confirmAdult(deps.settle, userId, async (tx) => {
    await recordConsent(tx, { userId, versions: deps.legalVersions, interface: 'bot' })
    const first = await receiveOnce(tx, { userId, source: deps.source, key: String(update.updateId) })
    if (first) await say({ tx, userId, address }, 'main')
  })
  // Who said to be under 18 is told once more why nobody answers.
  return { view: isAdult ? null : { key: 'adult' } }
}

export const pressChat: Press = async () => ({ view: { key: 'chat' } })

/** Goes on with the conversation that the button names, after a recap of what was said elsewhere. */
export const pressContinue: Press = async (deps, { update, userId, argument }) => {
  const active = await activeConversation(deps.db, userId)
  if (active?.id !== argument) return STALE
  await visit(deps, update, async (at) => {
    await oweRecap(deps.settle, at.tx, { userId: at.userId, address: at.address, beforeSeq: null })
  })
  return { view: { key: 'continued' } }
}

/** Begins the conversation that the button names anew. Of several presses one does, and all show the same. */
export const pressRestart: Press = async (deps, { userId, argument }) => {
  const { settle, catalogue } = deps
  const choice = { userId, conversationId: argument, interface: 'bot' as const }
  const outcome = await restartConversation({ ...settle, catalogue }, choice)
  if (!('absent' in outcome)) return restarted(argument)
  if (outcome.absent === 'companions') return { view: { key: 'adult_required' } }
  if (outcome.absent === 'persona') return { view: { key: 'withdrawn' } }
  return (await wasJustRestarted(deps, userId, argument)) ? restarted(argument) : STALE
}

/** Brings the conversation before back, as long as that is possible. A press that comes again later brings nothing back. */
export const pressRestore: Press = async ({ settle, source }, { update, userId, argument }) => {
  const key = String(update.updateId)
  const left = await activeConversation(settle.db, userId)
  const conversation = await restoreConversation(settle, userId, argument, (tx, id) =>
    receiveOnce(tx, { userId: id, source, key }),
  )
  if (!conversation) return { view: { key: 'gone' } }
  if (conversation.id !== argument) return STALE
  const args = left && left.id !== argument ? { args: { leftId: left.id } } : {}
  return { view: { key: 'restored', ...args } }
}

/** Asks a question again whose answer did not work out. */
export const pressRetry: Press = async ({ settle }, { userId, argument }) => {
  switch (await retryTurn(settle, userId, argument)) {
    case 'queued':
      return { view: null }
    case 'adult_required':
      return { view: { key: 'adult_required' } }
    case 'insufficient_credits':
      return { view: { key: 'reply_failed', args: { turnId: argument } }, says: 'answer-insufficient-credits' }
    case 'daily_cap':
      return { view: { key: 'reply_failed', args: { turnId: argument } }, says: 'answer-daily-cap' }
    case 'lane_full':
      return { view: { key: 'reply_failed', args: { turnId: argument } }, says: 'answer-lane-full' }
    default:
      return { view: null, says: 'answer-not-retryable' }
  }
}

/** Stops an answer that grows in the message above the button. What is over stays as it is. */
export const pressStop: Press = async ({ settle }, { userId, argument }) => {
  await cancelTurn(settle, userId, argument)
  return { view: null }
}

function restarted(archivedId: string): Outcome {
  return { view: { key: 'restarted', args: { archivedId } } }
}

/** Whether the active conversation is what came of beginning this one anew, and nobody has written in it yet. */
async function wasJustRestarted({ db, settle }: BotDeps, userId: string, archivedId: string): Promise<boolean> {
  const [active, archived] = await Promise.all([
    activeConversation(db, userId),
    findConversation(db, userId, archivedId),
  ])
  if (!active || !archived || !restorableUntil(archived) || !isSameStory(active, archived)) return false
  const at = { userId, conversationId: active.id, beforeSeq: null, limit: 2 }
  const lines = await settle.history.newest(db, at)
  return lines.every(({ role }) => role === 'assistant')
}

function isSameStory(one: Conversation, other: Conversation): boolean {
  return one.personaId === other.personaId && one.storyId === other.storyId
}
