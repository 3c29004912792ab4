import { findIdentity, readUser } from '#domain/identity'
import { confirmAdult, receiveOnce, retryTurn } from '#domain/replies'
import { greet } from './answer-command.ts'
import type { InboundUpdate } from './inbound-update.ts'
import { ADULT_BUTTON, RETRY_BUTTON } from './render-notice.ts'
import { type BotDeps, visit } from './visit.ts'

type Button = Extract<InboundUpdate, { kind: 'button' }>

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const ANSWER_TIMEOUT_MS = 5_000

/** Settles the press of an inline button, then tells Telegram that it was heard; the deed counts, the answer is courtesy. */
export async function answerButton(deps: BotDeps, update: Button): Promise<void> {
  const text = await press(deps, update)
  await heard(deps, update, text)
}

/** The key of a sentence to show over the chat, or null. */
async function press(deps: BotDeps, update: Button): Promise<string | null> {
  if (update.data === ADULT_BUTTON) return confirm(deps, update)
  if (update.data.startsWith(RETRY_BUTTON)) return retry(deps, update, update.data.slice(RETRY_BUTTON.length))
  return 'answer-stale'
}

async function confirm(deps: BotDeps, update: Button): Promise<null> {
  let userId: string | undefined
  await visit(deps, update, async (at) => {
    userId = at.userId
  })
  const identity = await findIdentity(deps.db, 'telegram', update.person.id)
  const id = userId ?? identity?.userId
  if (!id) return null
  await confirmAdult(deps.settle, id, async (tx) => {
    const first = await receiveOnce(tx, { userId: id, source: deps.source, key: `${update.updateId}:greet` })
    if (first) await greet({ tx, userId: id, address: update.person.id, adult: true })
  })
  return null
}

async function retry(deps: BotDeps, update: Button, turnId: string): Promise<string | null> {
  const identity = UUID.test(turnId) ? await findIdentity(deps.db, 'telegram', update.person.id) : null
  if (!identity) return 'answer-stale'
  const outcome = await retryTurn(deps.settle, identity.userId, turnId)
  if (outcome === 'queued') return null
  if (outcome === 'adult_required') return 'answer-adult-required'
  if (outcome === 'insufficient_credits') return 'answer-insufficient-credits'
  return outcome === 'lane_full' ? 'answer-lane-full' : 'answer-stale'
}

async function heard(deps: BotDeps, update: Button, key: string | null): Promise<void> {
  const identity = await findIdentity(deps.db, 'telegram', update.person.id)
  const user = identity && (await readUser(deps.db, identity.userId))
  const text = key && deps.texts.say(user?.locale ?? update.person.locale, key)
  const within = () => AbortSignal.timeout(ANSWER_TIMEOUT_MS) as never
  const courtesies: Promise<unknown>[] = [
    deps.api.answerCallbackQuery(update.callbackId, text ? { text } : {}, within()),
  ]
  // A button that has done its work goes away.
  if (!key && update.messageId !== null) {
    courtesies.push(deps.api.editMessageReplyMarkup(update.person.id, update.messageId, {}, within()))
  }
  for (const outcome of await Promise.allSettled(courtesies)) {
    if (outcome.status === 'rejected') deps.log.debug('telegram.courtesy_failed', { error: outcome.reason })
  }
}
