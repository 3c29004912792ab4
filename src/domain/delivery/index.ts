export { type Attempts, createAttempts } from './attempts.ts'
export type {
  ChannelLimits,
  Content,
  GrowingReply,
  Notice,
  OutsideChannel,
  Part,
  Purpose,
  ReplyToGrow,
  SendOutcome,
} from './channel.ts'
export { awayForMs, type DeliverDeps, deliverDue } from './deliver-due.ts'
export type { Delivery, RetryPolicy } from './delivery.ts'
export {
  DELIVERY_QUEUE,
  DELIVERY_TOPIC,
  type DeliveryJob,
  PROACTIVE_QUEUE,
  PROACTIVE_TOPIC,
} from './delivery-queue-store.ts'
export {
  findSentNotice,
  findSentTurn,
  insertDeliveries,
  insertNotice,
  type OwedMessage,
  statusOfMessages,
  waitingNotices,
} from './delivery-store.ts'
export { failOverdue } from './fail-overdue.ts'
export { deliveryFigures, openUnasked, type QueueFigures } from './figures-store.ts'
export { forgetOldDeliveries } from './forget-store.ts'
export { giveUpAddress } from './give-up-store.ts'
export { listDeliveries } from './list-deliveries.ts'
export { deliveryPart } from './merge-deliveries-store.ts'
export { type MessageFate, type MessageOfUser, messageFates, takeBackMessage } from './message-fates-store.ts'
export { type AttemptRecord, type DeliveryRecord, findRecord, readAttempts, type Shelf } from './operator-store.ts'
export { deliveryPersonalData, giveUpUsers, isNoticeOpen } from './personal-deliveries-store.ts'
export type { AfterCommit, RecordDeps, SettledDelivery } from './record-outcome.ts'
export { type SentAgain, sendAgain } from './send-again.ts'
