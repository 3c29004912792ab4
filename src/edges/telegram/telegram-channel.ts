import type { Api } from 'grammy'
import type { Content, OutsideChannel, SendOutcome } from '#domain/delivery'
import { classifyError } from './classify-error.ts'
import { createOutageProbe } from './outage-probe.ts'
import type { RenderNotice } from './render-notice.ts'

/** Bot API sendMessage: 1-4096 characters after entities parsing, counted as UTF-16 units. */
const TEXT_MAX_LENGTH = 4096
const SEND_TIMEOUT_MS = 20_000
const PROGRESS_TIMEOUT_MS = 3_000

/** The channel `telegram`: private chats of one bot. */
export function createTelegramChannel({ api, renderNotice }: { api: Api; renderNotice: RenderNotice }): OutsideChannel {
  const isAway = createOutageProbe(api)
  return {
    name: 'telegram',
    limits: { textMaxLength: TEXT_MAX_LENGTH, mayEdit: true },
    async send(address, content) {
      const { text, keyboard } = render(content)
      const options = {
        ...(keyboard ? { reply_markup: keyboard } : {}),
        // A picture of our own page would stand larger than what the notice says.
        ...(content.kind === 'notice' ? { link_preview_options: { is_disabled: true } } : {}),
      }
      try {
        const message = await api.sendMessage(address, text, options, AbortSignal.timeout(SEND_TIMEOUT_MS) as never)
        return { kind: 'sent', externalId: String(message.message_id) }
      } catch (error) {
        return waitOutOutage(classifyError(error))
      }
    },
    async showProgress(address) {
      await api.sendChatAction(address, 'typing', {}, AbortSignal.timeout(PROGRESS_TIMEOUT_MS) as never)
    },
  }

  /** A gateway's error may be one call's bad luck or all of Telegram being away; then waiting costs no attempts. */
  async function waitOutOutage(outcome: SendOutcome): Promise<SendOutcome> {
    if (outcome.kind !== 'retry' || outcome.waiting) return outcome
    return (await isAway()) ? { ...outcome, waiting: true } : outcome
  }

  function render(content: Content) {
    if (content.kind === 'notice') return renderNotice(content.notice, content.locale)
    return { text: content.text, keyboard: null }
  }
}
