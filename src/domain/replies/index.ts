export { ACCEPT_CONNECTIONS, type Accept, acceptInGroups } from './accept-in-groups.ts'
export { type Announce, createAnnounce } from './announce.ts'
export { answerLatest } from './answer-latest.ts'
export {
  type BeginDeps,
  type BeginOutcome,
  beginConversation,
  type Choice,
  type RestartOutcome,
  restartConversation,
} from './beginning/begin-conversation.ts'
export { restoreConversation } from './beginning/restore-conversation.ts'
export { cancelTurn, cancelTurnAt } from './cancel-turn.ts'
export { confirmAdult } from './confirm-adult.ts'
export type { SettleDeps } from './fail-turn.ts'
export { turnFigures } from './figures-store.ts'
export { announceForgotten, forgetMessenger } from './forget-messenger.ts'
export type { InboundMessage, Received } from './inbound-message.ts'
export { createLiveReplies } from './live-replies.ts'
export { repliesPart } from './merge-turns-store.ts'
export { moveTurnsUp } from './move-turns-store.ts'
export { contentReader, deliverySettler } from './owed-content.ts'
export { presentMessage } from './present-message.ts'
export type { Asked } from './prompt/prepare-prompt.ts'
export { type ReadHistoryDeps, readHistory, readMessage } from './read-history.ts'
export { oweRecap, readRecap } from './recap.ts'
export { forgetOldReceipts, receiveOnce } from './receipt-store.ts'
export { ACCEPT_LIMITS, createReceiver, type ReceiveMessage } from './receive-message.ts'
export { refundedTurns } from './refund-store.ts'
export { reportReply } from './report-store.ts'
export { type RetryOutcome, retryTurn } from './retry-turn.ts'
export type { EndedTurn } from './turn.ts'
export { TURN_QUEUE, TURN_TOPIC } from './turn-queue-store.ts'
export { keptMessageIds, latestUnpaid, openTurns, turnsById } from './turn-store.ts'
export { type WriteReplyDeps, writeReply } from './write-reply.ts'
