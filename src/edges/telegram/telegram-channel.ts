import type { Api } from 'grammy'
import { type Content, type GrowingReply, type OutsideChannel, type SendOutcome, splitText } from '#domain/delivery'
import { isUnavailable } from '#platform/postgres'
import { classifyError } from './classify-error.ts'
import { createOutageProbe } from './outage-probe.ts'
import { createViewSender } from './send-view.ts'
import type { Views } from './views/create-views.ts'
import type { View } from './views/view.ts'

/** Bot API sendMessage: 1-4096 characters after entities parsing, counted as UTF-16 units. */
const TEXT_MAX_LENGTH = 4096
const SEND_TIMEOUT_MS = 20_000
const PROGRESS_TIMEOUT_MS = 3_000
const PROGRESS_EVERY_MS = 4_000

/** The channel `telegram`: private chats of one bot. */
export function createTelegramChannel({ api, views }: { api: Api; views: Views }): OutsideChannel {
  const isAway = createOutageProbe(api)
  const sendView = createViewSender(api)
  return {
    name: 'telegram',
    limits: { textMaxLength: TEXT_MAX_LENGTH, mayEdit: true },
    split: (text) => splitText(text, TEXT_MAX_LENGTH),
    awayForMs: () => 0,
    pace: async () => 0,
    async send(address, content) {
      if (content.kind === 'text')
        return send(() => sendText(address, content.text.slice(content.part.start, content.part.end)))
      const shown = await show(address, content)
      return 'outcome' in shown ? shown.outcome : send(() => sendView(address, shown.view))
    },
    grow: ({ address }) => showTyping(api, address),
  }

  /** What could not be read was not sent: it waits. What there is nothing left of ends. */
  async function show(
    address: string,
    { notice, ...at }: Extract<Content, { kind: 'notice' }>,
  ): Promise<{ view: View } | { outcome: SendOutcome }> {
    try {
      const view = await views.show(notice, { address, userId: at.userId, locale: at.locale })
      return view ? { view } : { outcome: { kind: 'refused', error: 'nothing_to_show' } }
    } catch (error) {
      const reason = error instanceof Error ? error.name : 'unknown'
      return { outcome: { kind: 'retry', waiting: isUnavailable(error), error: `view_failed ${reason}` } }
    }
  }

  async function send(call: () => Promise<{ message_id: number }>): Promise<SendOutcome> {
    try {
      return { kind: 'sent', externalId: String((await call()).message_id) }
    } catch (error) {
      return waitOutOutage(classifyError(error))
    }
  }

  function sendText(address: string, text: string) {
    return api.sendMessage(address, text, {}, AbortSignal.timeout(SEND_TIMEOUT_MS) as never)
  }

  /** A gateway's error may be one call's bad luck or all of Telegram being away; then waiting costs no attempts. */
  async function waitOutOutage(outcome: SendOutcome): Promise<SendOutcome> {
    if (outcome.kind !== 'retry' || outcome.waiting) return outcome
    return (await isAway()) ? { ...outcome, waiting: true } : outcome
  }
}

function showTyping(api: Api, address: string): GrowingReply {
  const show = () =>
    void api.sendChatAction(address, 'typing', {}, AbortSignal.timeout(PROGRESS_TIMEOUT_MS) as never).catch(() => {})
  show()
  const timer = setInterval(show, PROGRESS_EVERY_MS)
  return {
    show() {},
    async end() {
      clearInterval(timer)
      return null
    },
  }
}
