import type { Executor } from '#platform/postgres'
import type { LiveReply } from './live-replies.ts'
import type { Turn } from './turn.ts'
import { isStopped } from './turn-store.ts'

/** The word of a stop travels fast but may be lost; the row keeps it. */
const LOOK_EVERY_MS = 2_000

/** Stops a reply whose turn was cancelled without our hearing of it, until the returned function is called. */
export function watchForStop(db: Executor, turn: Turn, reply: LiveReply): () => void {
  const timer = setInterval(() => {
    isStopped(db, turn).then(
      (stopped) => stopped && reply.stop(),
      // A database that is away is noticed by those who write.
      () => {},
    )
  }, LOOK_EVERY_MS)
  return () => clearInterval(timer)
}
