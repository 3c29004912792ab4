import type { InlineKeyboardMarkup } from 'grammy/types'
import { findIdentity, readUser } from '#domain/identity'
import { sealButton, type Verb } from '../buttons/button-data.ts'
import type { ViewDeps } from './view.ts'

/** What can be pressed under a companion's line, by the name that its delivery bears: add freely, do not rename. */
const UNDER: Readonly<Record<string, { verb: Verb; words: string }>> = {
  proactive_off: { verb: 'hush', words: 'button-hush' },
}

/** The buttons of this name, in the language of whose chat it is; null for a name that is not known any more. */
export async function buttonsUnder(
  deps: ViewDeps,
  address: string,
  name: string,
): Promise<InlineKeyboardMarkup | null> {
  const button = Object.hasOwn(UNDER, name) ? UNDER[name] : undefined
  if (!button) return null
  const text = await wordsFor(deps, address, button.words)
  return { inline_keyboard: [[{ text, callback_data: sealButton(deps.vault, address, button.verb) }]] }
}

export async function wordsFor({ db, texts }: ViewDeps, address: string, key: string): Promise<string> {
  const identity = await findIdentity(db, 'telegram', address)
  const user = identity && (await readUser(db, identity.userId))
  return texts.say(user?.locale ?? 'ru', key)
}
