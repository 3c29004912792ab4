import { draftIdOf } from './draft-id.ts'
import type { Way, WayDeps } from './way.ts'

/** A draft goes after thirty seconds without a change (Bot API sendMessageDraft); a model may think for longer. */
const RENEW_AFTER_MS = 20_000

/** A draft that grows and can be stopped: Telegram shows it, and takes it away when a message comes. */
export function createDraft({ api, line, tail, reply }: WayDeps): Way {
  const chatId = Number(reply.address)
  const draftId = draftIdOf(reply.turnId)
  let shown = ''
  let shownMs = 0
  return {
    dueMs: (source) => Math.max(line.readyMs(), tail.readyMs(), source === shown ? shownMs + RENEW_AFTER_MS : 0),
    async show(source) {
      const seen = tail.of(source)
      const options = { entities: seen?.entities ?? [], can_stop: true, keep_on_stop: true }
      const ending = seen
        ? await line.countedCall((signal) => api.sendMessageDraft(chatId, draftId, seen.text, options, signal as never))
        : 'done'
      if (ending === 'done') {
        shown = source
        shownMs = line.nowMs()
      }
      return ending
    },
  }
}
