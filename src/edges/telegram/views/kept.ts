import { activeConversation } from '#domain/conversations'
import { latestUnpaid } from '#domain/replies'
import { costLine, debtLine } from './credits.ts'
import { paywallOf } from './offers.ts'
import { type ButtonOf, type Looking, label, type ShowView, say, type ViewDeps, viewOf } from './view.ts'

/** The message waits; what a reply costs, what is owed, and what can be bought. */
export const showOutOfCredits: ShowView = async (deps, at) => {
  const [{ pieces, rows }, cost, debt] = await Promise.all([
    paywallOf(deps, at),
    costLine(deps, at),
    debtLine(deps, at),
  ])
  const lines = [say(deps, at, 'insufficient-credits'), ...[debt ?? cost].filter((line) => line !== null)]
  return viewOf(
    deps,
    at,
    [lines.join(' '), '\n\n', ...pieces],
    [...rows, [{ text: label(deps, at, 'open-credits'), opens: '/credits' }]],
  )
}

/** The person's own cap of the day is reached; the message waits for another day or another cap. */
export const showDailyCap: ShowView = async (deps, at) => {
  const answer = await answerRow(deps, at)
  return viewOf(
    deps,
    at,
    [say(deps, at, 'daily-cap')],
    [answer, [{ text: label(deps, at, 'daily-cap'), opens: '/credits' }]],
  )
}

/** A message waits, and there is enough for it. */
export const showKept: ShowView = async (deps, at) => {
  const answer = await answerRow(deps, at)
  return viewOf(deps, at, [say(deps, at, answer.length > 0 ? 'kept' : 'kept-none')], [answer])
}

/** The way to the answer of the latest message that waits for credits; nothing when none does. */
export async function answerRow(deps: ViewDeps, at: Looking): Promise<ButtonOf[]> {
  const conversation = await activeConversation(deps.db, at.userId)
  const turnId = conversation && (await latestUnpaid(deps.db, at.userId, conversation.id))
  return turnId ? [{ text: label(deps, at, 'answer'), verb: 'answer', argument: turnId }] : []
}
