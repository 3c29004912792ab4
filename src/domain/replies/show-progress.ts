import type { OutsideChannel } from '#domain/delivery'
import type { Turn } from './turn.ts'

/** Telegram shows a chat action for at most 5 s (Bot API sendChatAction). */
const PROGRESS_EVERY_MS = 4_000

/** Shows "typing" at the turn's chat until the returned function is called; best effort, nothing for pages. */
export function showProgress(channels: Map<string, OutsideChannel>, turn: Turn): () => void {
  const { address } = turn
  const channel = address === null ? undefined : channels.get(turn.channel)
  if (!channel || address === null) return () => {}
  const show = () => void channel.showProgress(address).catch(() => {})
  show()
  const timer = setInterval(show, PROGRESS_EVERY_MS)
  return () => clearInterval(timer)
}
