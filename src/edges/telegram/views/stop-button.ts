import type { InlineKeyboardMarkup } from 'grammy/types'
import { findIdentity, readUser } from '#domain/identity'
import { sealButton } from '../buttons/button-data.ts'
import type { ViewDeps } from './view.ts'

/** What is pressed under a growing answer, in the language of whose chat it is. */
export async function stopButton(
  { db, texts, vault }: ViewDeps,
  address: string,
  turnId: string,
): Promise<InlineKeyboardMarkup> {
  const identity = await findIdentity(db, 'telegram', address)
  const user = identity && (await readUser(db, identity.userId))
  const text = texts.say(user?.locale ?? 'ru', 'button-stop')
  return { inline_keyboard: [[{ text, callback_data: sealButton(vault, address, 'stop', turnId) }]] }
}
