import { historyBounds, liveSessions } from '#domain/identity'
import { ROUND_SECONDS, type StreamRegistry } from './stream-registry.ts'
import type { FeedDeps } from './user-feed.ts'

/** A stream whose session was revoked or moved must close within five seconds even if the word of it was lost. */
const SESSION_SWEEP_MS = 4_000
const BEAT_MS = 1_000

/** Looks after all streams of the process together: no stream has a timer or a query of its own. Returns how to stop. */
export function sweepStreams(deps: FeedDeps, registry: StreamRegistry): () => void {
  let second = 0
  const sweeps = [
    setInterval(() => void endForeign(deps, registry).catch(warn), SESSION_SWEEP_MS),
    setInterval(() => {
      second = (second + 1) % ROUND_SECONDS
      void beat(deps, registry, second).catch(warn)
    }, BEAT_MS),
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

/**
 * Keeps proxies and presence awake, and finds what a lost wake-up missed: of a part of the audiences each second, so
 * that thousands of pages never ask for everything at one moment.
 */
async function beat(deps: FeedDeps, registry: StreamRegistry, second: number): Promise<void> {
  const theirTurn = [...registry.audiences()].filter(([, { turn }]) => turn === second)
  if (theirTurn.length === 0) return
  for (const [userId, { feed }] of theirTurn) {
    for (const stream of feed.streams) stream.heartbeat()
    for (const place of new Set([...feed.streams].map(({ caller }) => caller.interface)))
      deps.presence.seen(userId, place)
  }
  const bounds = await historyBounds(
    deps.db,
    theirTurn.map(([userId]) => userId),
  )
  for (const [userId, { feed }] of theirTurn) {
    const lastSeq = bounds.get(userId)?.lastSeq ?? 0
    if ([...feed.streams].some((stream) => stream.lastSeq() < lastSeq)) feed.checkForGaps()
  }
}
