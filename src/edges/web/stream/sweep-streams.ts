import { foreignSessions, historyBounds } from '#domain/identity'
import { placeOf } from '../page-place.ts'
import { ROUND_SECONDS, type StreamRegistry } from './stream-registry.ts'
import type { FeedDeps } from './user-feed.ts'

/** A stream whose session was revoked or moved must close within five seconds even if the word of it was lost. */
const SESSION_ROUND_SECONDS = 4
const BEAT_MS = 1_000

/** Looks after all streams of the process together: no stream has a timer or a query of its own. Returns how to stop. */
export function sweepStreams(deps: FeedDeps, registry: StreamRegistry): () => void {
  let second = 0
  const sweep = setInterval(() => {
    second += 1
    void endForeign(deps, registry, second % SESSION_ROUND_SECONDS).catch(warn)
    void beat(deps, registry, second % ROUND_SECONDS).catch(warn)
  }, BEAT_MS)
  return () => clearInterval(sweep)

  function warn(error: unknown): void {
    deps.log.warn('stream.sweep_failed', { error })
  }
}

/** Of a part of the audiences each second, as the heartbeat is. */
async function endForeign(deps: FeedDeps, registry: StreamRegistry, part: number): Promise<void> {
  const streams = [...registry.audiences().values()].flatMap(({ feed, turn }) =>
    turn % SESSION_ROUND_SECONDS === part ? feed.streams : [],
  )
  for (const stream of await foreignSessions(deps.db, streams)) stream.end()
}

/**
 * Keeps proxies and presence awake, and finds what a lost wake-up missed: of a part of the audiences each second, so
 * that thousands of pages never ask for everything at one moment.
 */
async function beat(deps: FeedDeps, registry: StreamRegistry, second: number): Promise<void> {
  const theirTurn = [...registry.audiences()].filter(([, { turn }]) => turn === second)
  if (theirTurn.length === 0) return
  for (const [userId, { feed }] of theirTurn) {
    for (const stream of feed.streams) {
      stream.heartbeat()
      deps.presence.seen(userId, placeOf(stream.interface, stream.page))
    }
    feed.refreshPresence()
  }
  const bounds = await historyBounds(
    deps.db,
    theirTurn.map(([userId]) => userId),
  )
  for (const [userId, { feed }] of theirTurn) {
    const lastSeq = bounds.get(userId)?.lastSeq ?? 0
    if (feed.streams.some((stream) => stream.lastSeq < lastSeq)) feed.gap()
  }
}
