import type { Sandbox } from '#sandbox'
import { type WaitOptions, waitFor } from '#test/wait-for'

/** A person in the bot's chat, as a hand on a phone: writes, presses, reads. */
export function botChat(sandbox: Sandbox, telegramId: number) {
  const { telegram } = sandbox
  const texts = () => telegram.replies(telegramId).map(({ wire }) => wire.text ?? '')
  return {
    telegramId,
    texts,
    send: (text: string) => telegram.sendText(telegramId, text),
    /** Waits for a message of the bot that fits. */
    hears: (fits: (text: string) => boolean, wait: WaitOptions = {}) =>
      waitFor(() => texts().find(fits), {
        what: `a message of the bot; there are: ${JSON.stringify(texts())}`,
        ...wait,
      }),
    /** Presses the first button whose text fits, on whatever message bears it. */
    async press(fits: (text: string) => boolean) {
      const found = await waitFor(
        () => {
          for (const message of telegram.replies(telegramId)) {
            const button = message.wire.reply_markup?.inline_keyboard.flat().find(({ text }) => fits(text))
            if (button) return { messageId: message.wire.message_id, text: button.text }
          }
          return null
        },
        { what: 'a button of the bot' },
      )
      await telegram.press(telegramId, found.messageId, { text: found.text })
    },
  }
}

export type BotChat = ReturnType<typeof botChat>

/** The first steps in the bot: /start and the confirmation of 18+. */
export async function enterBot(sandbox: Sandbox, telegramId: number): Promise<BotChat> {
  const chat = botChat(sandbox, telegramId)
  chat.send('/start')
  await chat.press((text) => text.includes('18'))
  await chat.hears((text) => text.includes('собеседника') || text.includes('companion'))
  return chat
}
