import type { Api } from 'grammy'
import type { InlineKeyboardMarkup } from 'grammy/types'
import type { Content, OutsideChannel, Purpose, SendOutcome } from '#domain/delivery'
import type { Clock } from '#platform/clock'
import type { Log } from '#platform/log'
import { type Pace, waitInPlace } from '#platform/pace'
import { isUnavailable } from '#platform/postgres'
import { createAttemptSend } from './attempt-send.ts'
import { renderPart } from './format/render-part.ts'
import { splitReply } from './format/split-reply.ts'
import { createGrowing } from './growing/create-growing.ts'
import { takeAway } from './growing/take-away.ts'
import { createOutageProbe } from './outage-probe.ts'
import { sendFormatted } from './send-formatted.ts'
import { createViewSender } from './send-view.ts'
import type { Views } from './views/create-views.ts'

/** Bot API sendMessage: 1-4096 characters after entities parsing, counted as UTF-16 units. */
const TEXT_MAX_LENGTH = 4096
const SEND_TIMEOUT_MS = 20_000

/** What was asked for goes before what was not. */
const GOES_FIRST: ReadonlySet<Purpose> = new Set(['reply', 'notice'])

export interface TelegramChannelDeps {
  api: Api
  views: Views
  /** Shared with every process of this bot. */
  pace: Pace
  clock: Clock
  log: Log
  metrics: ChannelMetrics
}

export interface ChannelMetrics {
  away(away: boolean): void
  /** A message whose markup was not understood went without it. */
  sentPlain(): void
}

/** The channel `telegram`: private chats of one bot. */
export function createTelegramChannel(deps: TelegramChannelDeps): OutsideChannel {
  const { api, views, clock, log, metrics } = deps
  const outage = createOutageProbe({ api, clock, log, onChange: metrics.away })
  const send = createAttemptSend({ outage, log })
  const places = waitInPlace(deps.pace)
  const plainly = () => {
    log.error('telegram.markup_refused')
    metrics.sentPlain()
  }
  const sendView = createViewSender({ api, log, plainly })
  return {
    name: 'telegram',
    limits: { textMaxLength: TEXT_MAX_LENGTH, mayEdit: true },
    split: (text) => splitReply(text, TEXT_MAX_LENGTH),
    awayForMs: outage.awayForMs,
    pace: (address, purpose) => places.take(address, GOES_FIRST.has(purpose) ? 'first' : 'later'),
    async send(address, content) {
      if (content.kind === 'text') return sendPiece(address, content)
      const { notice, ...at } = content
      const shown = await read(() => views.show(notice, { address, userId: at.userId, locale: at.locale }))
      if ('outcome' in shown) return shown.outcome
      const { value: view } = shown
      return view ? send(address, () => sendView(address, view)) : { kind: 'refused', error: 'nothing_to_show' }
    },
    grow: createGrowing({ api, clock, stopButton: views.stopButton }),
  }

  /** What could not be read was not sent: it waits. */
  async function read<Value>(look: () => Promise<Value>): Promise<{ value: Value } | { outcome: SendOutcome }> {
    try {
      return { value: await look() }
    } catch (error) {
      const reason = error instanceof Error ? error.name : 'unknown'
      return { outcome: { kind: 'retry', waiting: isUnavailable(error), error: `view_failed ${reason}` } }
    }
  }

  /** What stood in for the text while it grew goes when the text has come, and not before. */
  async function sendPiece(address: string, content: Extract<Content, { kind: 'text' }>): Promise<SendOutcome> {
    const { buttons } = content
    const under = await read(async () => (buttons === null ? null : views.buttonsUnder(address, buttons)))
    if ('outcome' in under) return under.outcome
    const outcome = await send(address, () => sendText(address, content, under.value))
    if (outcome.kind === 'sent' && content.replaces !== null) await takeAway(api, address, content.replaces)
    return outcome
  }

  function sendText(
    address: string,
    { text, part }: Extract<Content, { kind: 'text' }>,
    keyboard: InlineKeyboardMarkup | null,
  ): Promise<unknown> {
    const within = () => AbortSignal.timeout(SEND_TIMEOUT_MS) as never
    // Telegram would fetch a linked page to show it: then whoever talks the model into an address reads what is in it.
    const options = { link_preview_options: { is_disabled: true }, ...(keyboard ? { reply_markup: keyboard } : {}) }
    return sendFormatted(renderPart(text, part), plainly, ({ text, entities }) =>
      api.sendMessage(address, text, { ...options, entities }, within()),
    )
  }
}
