import type { InlineKeyboardMarkup } from 'grammy/types'
import { sealButton } from '../buttons/button-data.ts'
import { wordsFor } from './under-message.ts'
import type { ViewDeps } from './view.ts'

/** What is pressed under a growing answer, in the language of whose chat it is. */
export async function stopButton(deps: ViewDeps, address: string, turnId: string): Promise<InlineKeyboardMarkup> {
  const text = await wordsFor(deps, address, 'button-stop')
  return { inline_keyboard: [[{ text, callback_data: sealButton(deps.vault, address, 'stop', turnId) }]] }
}
