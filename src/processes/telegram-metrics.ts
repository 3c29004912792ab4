import type { ChannelMetrics } from '#edges/telegram'
import type { Metrics } from '#platform/metrics'

const channel = 'telegram'

/** Counts what the channel to Telegram lives through. */
export function telegramMetrics(metrics: Metrics): ChannelMetrics {
  const away = metrics.gauge({
    name: 'vitte_channel_away',
    help: '1 while a channel as a whole does not answer and sends wait, by channel',
    labels: ['channel'],
  })
  const plain = metrics.counter({
    name: 'vitte_messages_sent_plain_total',
    help: 'Messages whose markup was refused and that went without it, by channel',
    labels: ['channel'],
  })
  return {
    away: (isAway) => away.set({ channel }, isAway ? 1 : 0),
    sentPlain: () => plain.add({ channel }),
  }
}
