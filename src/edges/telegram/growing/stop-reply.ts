import { findIdentity } from '#domain/identity'
import { cancelTurnAt } from '#domain/replies'
import type { InboundUpdate } from '../inbound-update.ts'
import type { BotDeps } from '../visit.ts'
import { draftIdOf } from './draft-id.ts'

/** Stop under a growing draft: the turn that grows there is stopped. A draft of nobody's, or of a turn that is over, is left. */
export async function stopReply(
  { settle }: Pick<BotDeps, 'settle'>,
  { person, draftId }: Extract<InboundUpdate, { kind: 'stopped' }>,
): Promise<void> {
  const identity = await findIdentity(settle.db, 'telegram', person.id)
  if (!identity) return
  const chat = { userId: identity.userId, channel: 'telegram', address: person.id } as const
  await cancelTurnAt(settle, chat, (turnId) => draftIdOf(turnId) === draftId)
}
