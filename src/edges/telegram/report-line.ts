import { findSentTurn } from '#domain/delivery'
import { reportReply } from '#domain/replies'
import type { InboundUpdate } from './inbound-update.ts'
import { type BotDeps, say, type Visit } from './visit.ts'

/** Reports the reply that the command answers to, or the last one in this chat. */
export async function reportLine(
  _deps: BotDeps,
  at: Visit,
  { replyTo }: Extract<InboundUpdate, { kind: 'command' }>,
): Promise<void> {
  const { tx, userId, address } = at
  const externalId = replyTo === null ? null : String(replyTo)
  const turnId = await findSentTurn(tx, { userId, channel: 'telegram', address, externalId })
  const reported = turnId !== null && (await reportReply(tx, userId, turnId))
  await say(at, reported ? 'reported' : 'nothing_to_report')
}
