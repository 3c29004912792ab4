export type {
  ChannelLimits,
  Content,
  GrowingReply,
  Notice,
  OutsideChannel,
  Purpose,
  ReplyToGrow,
  SendOutcome,
} from './channel.ts'
export { type AfterCommit, type DeliverDeps, deliverDue } from './deliver-due.ts'
export type { Delivery, RetryPolicy } from './delivery.ts'
export { DELIVERY_QUEUE, DELIVERY_TOPIC } from './delivery-queue-store.ts'
export { findSentTurn, insertDeliveries, insertNotice, type OwedMessage, statusOfMessages } from './delivery-store.ts'
export { giveUpAddress } from './give-up-store.ts'
export { deliveryPart } from './merge-deliveries-store.ts'
export { type Part, splitText } from './split-text.ts'
