import { findIdentity, findOrCreateUser, readUser, setReachability } from '#domain/identity'
import { inTransaction } from '#platform/postgres'
import { type BotDeps, toIdentity } from '../visit.ts'
import { openButton } from './button-data.ts'
import { callbackAnswer } from './callback-answer.ts'
import { type ButtonUpdate, type Outcome, STALE } from './press.ts'
import { PRESSES } from './presses.ts'
import { turnInto } from './turn-into.ts'

/**
 * Settles the press of an inline button: does what it asks for, tells Telegram that it was heard, and lets the message
 * become what there is now. The deed counts; of the rest what fails is sent as a message of its own or left.
 */
export async function answerButton(deps: BotDeps, update: ButtonUpdate): Promise<void> {
  const answer = callbackAnswer(deps, update)
  try {
    const userId = await userOf(deps, update)
    if (userId === null) return await answer.give(deps.texts.say(update.person.locale, 'answer-stale'))
    const outcome = await press(deps, update, userId)
    const user = await readUser(deps.db, userId)
    if (!user) return await answer.give(null)
    const { locale } = user
    const said = answer.give(outcome.says ? deps.texts.say(locale, outcome.says) : null)
    await Promise.all([said, turnInto(deps, update, outcome, { userId: user.id, locale })])
  } catch (error) {
    await answer.beSlow()
    throw error
  }
}

async function press(deps: BotDeps, update: ButtonUpdate, userId: string): Promise<Outcome> {
  const pressed = openButton(deps.vault, update.person.id, update.data)
  return pressed ? PRESSES[pressed.verb](deps, { update, userId, argument: pressed.argument }) : STALE
}

/** Whoever presses can be reached. Null: a button outside of any chat with us, pressed by somebody we do not know. */
async function userOf(deps: BotDeps, { person, messageId }: ButtonUpdate): Promise<string | null> {
  const identity = await findIdentity(deps.db, 'telegram', person.id)
  if (identity) {
    if (messageId !== null) await setReachability(deps.db, 'telegram', person.id, 'reachable')
    return identity.userId
  }
  if (messageId === null) return null
  return inTransaction(deps.db, async (tx) => {
    const made = await findOrCreateUser(tx, toIdentity(person), { ...deps.establish, reachability: 'reachable' })
    return made.userId
  })
}
