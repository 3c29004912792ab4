import type { Sandbox } from '#sandbox'
import { type WaitOptions, waitFor } from '#test/wait-for'

/** A message of the bot as it stands in the chat now. */
type Shown = ReturnType<Sandbox['telegram']['replies']>[number]

/** A person in the bot's chat, as a hand on a phone: writes, presses, reads. */
export function botChat(sandbox: Sandbox, telegramId: number) {
  const { telegram } = sandbox
  const messages = () => telegram.replies(telegramId)
  const texts = () => messages().map(textOf)

  /** The newest message with a button whose words fit, once there is one. */
  const bearing = (fits: (text: string) => boolean, wait: WaitOptions = {}) =>
    waitFor(() => messages().findLast((message) => buttonsOf(message).some(fits)), {
      what: `a button of the bot; there are: ${JSON.stringify(messages().map(buttonsOf))}`,
      ...wait,
    })

  /** Presses it where it was last offered. */
  async function press(fits: (text: string) => boolean) {
    const { wire } = await bearing(fits)
    const button = wire.reply_markup?.inline_keyboard.flat().find(({ text }) => fits(text))
    const choice = button?.callback_data === undefined ? { text: button?.text ?? '' } : { data: button.callback_data }
    return { messageId: wire.message_id, ...telegram.press(telegramId, wire.message_id, choice) }
  }

  return {
    telegramId,
    messages,
    texts,
    press,
    bearing,
    send: (text: string, replyTo?: number) => telegram.sendText(telegramId, text, replyTo),
    /** Presses the button with exactly these words. */
    tap: (words: string) => press((text) => text === words),
    /** Waits for a message of the bot that fits. */
    hears: (fits: (text: string) => boolean, wait: WaitOptions = {}) =>
      waitFor(() => texts().find(fits), {
        what: `a message of the bot; there are: ${JSON.stringify(texts())}`,
        ...wait,
      }),
    /** Waits until this message is something that fits. */
    becomes: (messageId: number, fits: (text: string, buttons: string[]) => boolean) =>
      waitFor(
        () =>
          messages().find(({ wire }) => wire.message_id === messageId && fits(wire.text ?? '', buttonsOf({ wire }))),
        { what: `another content of ${messageId}; there are: ${JSON.stringify(texts())}` },
      ),
    /** What was shown over the chat for a press; empty when it was answered without words. */
    toldOver: async (queryId: string | undefined) =>
      (await waitFor(() => telegram.callbackAnswer(queryId ?? ''), { what: 'an answer to the press' })).text ?? '',
  }
}

export type BotChat = ReturnType<typeof botChat>

/** The words on the buttons of a message, row by row. */
export function buttonsOf({ wire }: Pick<Shown, 'wire'>): string[] {
  return wire.reply_markup?.inline_keyboard.flat().map(({ text }) => text) ?? []
}

export function textOf({ wire }: Pick<Shown, 'wire'>): string {
  return wire.text ?? ''
}

/** The first steps in the bot: /start and the confirmation of 18+. */
export async function enterBot(sandbox: Sandbox, telegramId: number): Promise<BotChat> {
  const chat = botChat(sandbox, telegramId)
  chat.send('/start')
  await chat.press((text) => text.includes('18'))
  await chat.hears((text) => text.includes('собеседника') || text.includes('companion'))
  return chat
}
