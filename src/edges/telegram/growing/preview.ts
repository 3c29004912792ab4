import type { InlineKeyboardMarkup } from 'grammy/types'
import { sentAs } from '../sent-as.ts'
import type { Formatted } from '../views/formatted.ts'
import type { Ending } from './chat-line.ts'
import { takeAway } from './take-away.ts'
import type { Way, WayDeps } from './way.ts'

/** One message of a chat is changed no faster than this (core.telegram.org/bots/faq: one message per second and chat). */
const CHANGE_EVERY_MS = 1_000
/** Cut off, nobody would know whether it stands there, and so nobody could take it away. */
const SEND_TIMEOUT_MS = 20_000

/** A message that stands in for the growing answer where there are no drafts. */
export interface Preview extends Way {
  isThere(): boolean
  /** Nothing is shown any more. Gives the message's id, or null; one that comes there later is taken away. */
  leave(): string | null
}

export interface PreviewDeps extends WayDeps {
  stopButton(): Promise<InlineKeyboardMarkup>
}

export function createPreview({ api, line, tail, reply, stopButton }: PreviewDeps): Preview {
  const { address } = reply
  let id = reply.previewId
  let shown = ''
  let nextMs = 0
  let takesMore = true
  let left = false

  async function change({ text, entities }: Formatted): Promise<Ending> {
    const options = { entities, reply_markup: await stopButton(), link_preview_options: { is_disabled: true } }
    if (left) return 'later'
    if (id === null) return send(text, options)
    const messageId = Number(id)
    return line.call((signal) => api.editMessageText(address, messageId, text, options, signal as never))
  }

  async function send(text: string, options: Parameters<typeof api.sendMessage>[2]): Promise<Ending> {
    const ending = await line.call(async () => {
      const within = AbortSignal.timeout(SEND_TIMEOUT_MS) as never
      id = sentAs(address, await api.sendMessage(address, text, options, within))
    })
    // It stands there, and nobody knows which message it is.
    if (id === null) return ending === 'done' ? 'refused' : ending
    if (left) await takeAway(api, address, id)
    else await reply.keepPreview(id)
    return ending
  }

  return {
    isThere: () => id !== null,
    dueMs: (source) =>
      takesMore && source !== shown ? Math.max(line.openMs(), tail.readyMs(), nextMs) : Number.POSITIVE_INFINITY,
    async show(source) {
      const seen = tail.of(source)
      const isFirst = id === null
      const ending = seen ? await change(seen) : 'done'
      nextMs = line.nowMs() + CHANGE_EVERY_MS
      if (ending === 'done') shown = source
      // A second one beside one that may stand there already would stay for ever.
      takesMore = ending === 'done' || ending === 'later' || ending === 'markup' || (ending === 'unclear' && !isFirst)
      return ending
    },
    leave() {
      left = true
      return id
    },
  }
}
