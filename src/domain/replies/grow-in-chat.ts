import type { GrowingReply } from '#domain/delivery'
import type { Turn } from './turn.ts'
import { isOver, keepPreview } from './turn-store.ts'
import type { WriteReplyDeps } from './write-reply.ts'

type GrowDeps = Pick<WriteReplyDeps, 'channels' | 'leaseDb' | 'log'>

/** Where the question came from a chat, that chat sees the answer come; pages are shown it by the live reply. */
export function growInChat({ channels, leaseDb, log }: GrowDeps, turn: Turn): GrowingReply | null {
  const { address } = turn
  const channel = address === null ? undefined : channels.get(turn.channel)
  if (!channel || address === null) return null
  return channel.grow({
    turnId: turn.id,
    address,
    previewId: turn.previewId,
    keepPreview: (externalId) =>
      keepPreview(leaseDb, turn, externalId).catch((error) => log.warn('reply.preview_forgotten', { error })),
  })
}

/** What stands in the chat for a reply that will not come goes. */
export async function clearChat(deps: GrowDeps, turn: Turn): Promise<void> {
  if (turn.previewId !== null) await growInChat(deps, turn)?.end(false)
}

/**
 * Lets go of a chat without a word about the reply. Whoever writes it anew uses what stands there; when nobody does,
 * because the turn ended meanwhile, it goes.
 */
export async function leaveChat(deps: GrowDeps, turn: Turn, growing: GrowingReply | null): Promise<void> {
  const previewId = (await growing?.end(true)) ?? null
  if (previewId === null) return
  try {
    if (await isOver(deps.leaseDb, turn.id)) await clearChat(deps, { ...turn, previewId })
  } catch (error) {
    deps.log.warn('reply.preview_left', { error })
  }
}
