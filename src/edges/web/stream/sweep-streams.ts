import { STREAM_HEARTBEAT_SECONDS } from '#contract/limits'
import { historyBounds, liveSessions } from '#domain/identity'
import type { StreamRegistry } from './stream-registry.ts'
import type { FeedDeps } from './user-feed.ts'

/** A stream whose session was revoked or moved must close within five seconds even if the word of it was lost. */
const SESSION_SWEEP_MS = 4_000

/** Looks after all streams of the process together: no stream has a timer or a query of its own. Returns how to stop. */
export function sweepStreams(deps: FeedDeps, registry: StreamRegistry): () => void {
  const sweeps = [
    setInterval(() => void endForeign(deps, registry).catch(warn), SESSION_SWEEP_MS),
    setInterval(() => void beat(deps, registry).catch(warn), STREAM_HEARTBEAT_SECONDS * 1000),
  ]
  return () => {
    for (const sweep of sweeps) clearInterval(sweep)
  }

  function warn(error: unknown): void {
    deps.log.warn('stream.sweep_failed', { error })
  }
}

async function endForeign(deps: FeedDeps, registry: StreamRegistry): Promise<void> {
  const streams = registry.streams()
  if (streams.length === 0) return
  const owners = await liveSessions(deps.db, [...new Set(streams.map(({ caller }) => caller.sessionId))])
  for (const stream of streams) {
    const { sessionId, userId } = stream.caller
    if (owners.get(sessionId) !== userId) stream.end()
  }
}

/** Keeps proxies and presence awake, and finds what a lost wake-up missed. */
async function beat(deps: FeedDeps, registry: StreamRegistry): Promise<void> {
  const audiences = registry.audiences()
  if (audiences.size === 0) return
  for (const stream of registry.streams()) {
    stream.heartbeat()
    deps.presence.seen(stream.caller.userId, stream.caller.interface)
  }
  const bounds = await historyBounds(deps.db, [...audiences.keys()])
  for (const [userId, { feed }] of audiences) {
    const lastSeq = bounds.get(userId)?.lastSeq ?? 0
    if ([...feed.streams].some((stream) => stream.lastSeq() < lastSeq)) feed.checkForGaps()
  }
}
