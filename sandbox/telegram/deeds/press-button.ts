import { findMessage } from '../chat.ts'
import { asUser } from '../person.ts'
import type { InlineButton } from '../shapes.ts'
import { chatOf, type World } from '../world.ts'

/** Which button: by its words (whole, else a part of them), by its data, or by its place. */
export type ButtonChoice = { text?: string; data?: string; row?: number; column?: number }

/** What pressing did: asked the bot, or what the person's app has to open. */
export type Pressed = {
  button: InlineButton
  callbackQueryId?: string
  webApp?: string
  url?: string
  invoice?: string
}

/** The person presses a button under a message of the bot. */
export function pressButton(world: World, personId: number, messageId: number, choice: ButtonChoice): Pressed {
  const chat = chatOf(world, personId)
  const message = findMessage(chat, messageId)
  if (!message) throw new Error(`there is no message ${messageId} in this chat`)
  const button = choose(message.wire.reply_markup?.inline_keyboard ?? [], choice)
  if (!button) throw new Error(`message ${messageId} has no such button: ${JSON.stringify(choice)}`)
  if (button.web_app) return { button, webApp: button.web_app.url }
  if (button.url) return { button, url: button.url }
  if (button.callback_data === undefined) return { button }
  const id = world.callbacks.ask(personId)
  const query = {
    id,
    from: asUser(chat.person),
    message: message.wire,
    chat_instance: String(personId * 7_919),
    data: button.callback_data,
  }
  world.updates.push({ callback_query: query }, personId)
  return { button, callbackQueryId: id }
}

function choose(rows: InlineButton[][], choice: ButtonChoice): InlineButton | undefined {
  if (choice.row !== undefined) return rows[choice.row]?.[choice.column ?? 0]
  const buttons = rows.flat()
  if (choice.data !== undefined) return buttons.find((each) => each.callback_data === choice.data)
  const words = choice.text ?? ''
  return buttons.find((each) => each.text === words) ?? buttons.find((each) => each.text.includes(words))
}
