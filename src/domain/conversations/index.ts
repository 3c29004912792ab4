export {
  type BroughtConversation,
  type BroughtLine,
  type BroughtLines,
  bringConversations,
  moveUp,
  startLines,
  switchTalk,
  takeBackLines,
  takeBackTalks,
  talksOf,
} from './bring-lines-store.ts'
export { type Conversation, isRestorable, RESTORE_DAYS, restorableUntil } from './conversation.ts'
export {
  activeConversation,
  archiveActive,
  conversationIds,
  findConversation,
  insertConversation,
  latestConversationWith,
  listConversations,
  personaIdsOf,
  reactivate,
} from './conversation-store.ts'
export { createHistory, type History, type HistoryDeps, type NewMessage } from './history.ts'
export { conversationsPart } from './merge-conversations.ts'
export { type HistoryMessage, messagePlace } from './message.ts'
export { placeInConversation } from './message-store.ts'
export { conversationsPersonalData } from './personal-conversations.ts'
export { eraseLines } from './personal-conversations-store.ts'
export type { RecentOutcome } from './recent/read-recent.ts'
export { countTalks } from './talk-counts-store.ts'
