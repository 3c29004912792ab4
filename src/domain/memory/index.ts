export { type DigestDeps, digestTalk } from './digest-talk.ts'
export { forgetLapsedMemories } from './forget-lapsed.ts'
export { createMemory, isForgotten, type Memory, type Recollection } from './memory.ts'
export {
  hastenDigest,
  MEMORY_QUEUE,
  MEMORY_TOPIC,
  noteReply,
  retireMemory,
  reviveMemory,
} from './memory-queue-store.ts'
export { memoryPart } from './merge-memory.ts'
export { memoryPersonalData } from './personal-memory.ts'
