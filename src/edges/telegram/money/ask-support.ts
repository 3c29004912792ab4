import { findSentNotice } from '#domain/delivery'
import { findIdentity } from '#domain/identity'
import type { InboundUpdate } from '../inbound-update.ts'
import { type BotDeps, say, type Visit, visit } from '../visit.ts'

/** The notice that asks for a question. */
const QUESTION = 'paysupport'

type TextUpdate = Extract<InboundUpdate, { kind: 'message' }>
type CommandUpdate = Extract<InboundUpdate, { kind: 'command' }>

/** `/paysupport`: the words after it are the question; without any they are asked for. */
export async function openSupport(deps: BotDeps, at: Visit, { payload }: CommandUpdate): Promise<void> {
  if (payload === '') {
    deps.questions.await(at.address)
    return say(at, QUESTION)
  }
  deps.questions.forget(at.address)
  await passOn(deps, at, payload)
}

/**
 * Takes a message for a question about a payment if this chat was asked for one, by the last command or by the message
 * that it answers. False when it is a message like any other.
 */
export async function askSupport(deps: BotDeps, update: TextUpdate): Promise<boolean> {
  const { person, contentType, text } = update
  if (!deps.questions.isAwaited(person.id) && !(await answersQuestion(deps, update))) return false
  if (contentType !== 'text') {
    await visit(deps, update, (at) => say(at, 'paysupport_words'))
    return true
  }
  await visit(deps, update, (at) => passOn(deps, at, text))
  // Only now: what was not committed comes again.
  deps.questions.forget(person.id)
  return true
}

async function answersQuestion({ db }: BotDeps, { person, replyTo }: TextUpdate): Promise<boolean> {
  if (replyTo === null) return false
  const identity = await findIdentity(db, 'telegram', person.id)
  if (!identity) return false
  const at = { userId: identity.userId, channel: 'telegram', address: person.id } as const
  return (await findSentNotice(db, { ...at, externalId: String(replyTo) })) === QUESTION
}

async function passOn({ support }: BotDeps, at: Visit, text: string): Promise<void> {
  const opened = await support.openRequest(at.tx, { userId: at.userId, address: at.address, text })
  if ('requestId' in opened) return say(at, 'paysupport_taken')
  switch (opened.refused) {
    case 'empty':
      return say(at, 'paysupport_words')
    case 'too_long':
      return say(at, 'paysupport_too_long', { max: support.textMaxLength })
    case 'too_many_open':
      return say(at, 'paysupport_too_many')
  }
}
