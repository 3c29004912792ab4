import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { type Api, GrammyError, InputFile } from 'grammy'
import type { Message } from 'grammy/types'
import type { View } from './views/view.ts'

/** A picture is some hundred kilobytes on a slow line. */
const SEND_TIMEOUT_MS = 20_000

export type SendView = (address: string, view: View) => Promise<Message>

/** Sends views as messages. A picture is uploaded once per process; from then on its file_id stands for it. */
export function createViewSender(api: Api): SendView {
  const fileIds = new Map<string, string>()
  return (address, view) =>
    view.photo === undefined ? sendText(api, address, view) : sendPicture(address, view, view.photo)

  async function sendPicture(address: string, { text, entities, keyboard }: View, path: string): Promise<Message> {
    const options = { caption: text, caption_entities: entities, ...markup(keyboard) }
    const known = fileIds.get(path)
    if (known !== undefined) {
      try {
        return await api.sendPhoto(address, known, options, within())
      } catch (error) {
        if (!isLostFile(error)) throw error
        fileIds.delete(path)
      }
    }
    const picture = new InputFile(await readFile(path), basename(path))
    const sent = await api.sendPhoto(address, picture, options, within())
    // Of the sizes that Telegram makes the last is the picture itself.
    const fileId = sent.photo.at(-1)?.file_id
    if (fileId !== undefined) fileIds.set(path, fileId)
    return sent
  }
}

async function sendText(api: Api, address: string, { text, entities, keyboard }: View): Promise<Message> {
  // A picture of our own page would stand larger than what the notice says.
  const options = { link_preview_options: { is_disabled: true }, ...markup(keyboard) }
  try {
    return await api.sendMessage(address, text, { ...options, entities }, within())
  } catch (error) {
    if (!(error instanceof GrammyError && /can't parse entities/i.test(error.description))) throw error
    return api.sendMessage(address, text, options, within())
  }
}

/** Telegram forgets no files, but another bot's token or a moved server knows none of ours. */
function isLostFile(error: unknown): boolean {
  return error instanceof GrammyError && error.error_code === 400 && /file/i.test(error.description)
}

function markup(keyboard: View['keyboard']) {
  return keyboard ? { reply_markup: keyboard } : {}
}

function within() {
  return AbortSignal.timeout(SEND_TIMEOUT_MS) as never
}
