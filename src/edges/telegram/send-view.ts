import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { type Api, GrammyError, InputFile } from 'grammy'
import type { Message } from 'grammy/types'
import type { Log } from '#platform/log'
import { sendFormatted } from './send-formatted.ts'
import type { View } from './views/view.ts'

/** A picture is some hundred kilobytes on a slow line. */
const SEND_TIMEOUT_MS = 20_000

export type SendView = (address: string, view: View) => Promise<Message>

/** Sends views as messages. A picture is uploaded once per process; from then on its file_id stands for it. */
export function createViewSender({ api, log, plainly }: { api: Api; log: Log; plainly: () => void }): SendView {
  const fileIds = new Map<string, string>()
  return (address, view) =>
    sendFormatted(view, plainly, (shown) => {
      const asItStands = { ...view, ...shown }
      return view.photo === undefined
        ? sendText(api, address, asItStands)
        : sendPicture(address, asItStands, view.photo)
    })

  async function sendPicture(address: string, view: View, path: string): Promise<Message> {
    const options = { caption: view.text, caption_entities: view.entities, ...markup(view) }
    const known = fileIds.get(path)
    if (known !== undefined) {
      try {
        return await api.sendPhoto(address, known, options, within())
      } catch (error) {
        if (!isLostFile(error)) throw error
        fileIds.delete(path)
      }
    }
    const picture = await pictureAt(path)
    if (!picture) return sendText(api, address, view)
    const sent = await api.sendPhoto(address, picture, options, within())
    // Of the sizes that Telegram makes the last is the picture itself; an answer may lack them all.
    const fileId = sent?.photo?.at?.(-1)?.file_id
    if (typeof fileId === 'string') fileIds.set(path, fileId)
    return sent
  }

  /** A picture that is gone does not keep back what it goes with. */
  async function pictureAt(path: string): Promise<InputFile | null> {
    try {
      return new InputFile(await readFile(path), basename(path))
    } catch (error) {
      log.error('telegram.picture_missing', { error })
      return null
    }
  }
}

function sendText(api: Api, address: string, view: View): Promise<Message> {
  // A picture of our own page would stand larger than what the notice says.
  const options = { link_preview_options: { is_disabled: true }, ...markup(view) }
  return api.sendMessage(address, view.text, { ...options, entities: view.entities }, within())
}

/** Telegram forgets no files, but another bot's token or a moved server knows none of ours. */
function isLostFile(error: unknown): boolean {
  return error instanceof GrammyError && error.error_code === 400 && /file/i.test(error.description)
}

function markup({ keyboard, asks }: View) {
  if (asks) return { reply_markup: { force_reply: true as const } }
  return keyboard ? { reply_markup: keyboard } : {}
}

function within() {
  return AbortSignal.timeout(SEND_TIMEOUT_MS) as never
}
