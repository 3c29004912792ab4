import { type UserSignal, userTopic } from '#domain/identity'
import type { Live } from '#platform/live'
import type { Merged } from './merge-users.ts'

/**
 * Tells open pages, after the commit: the absorbed user's streams close, the survivor's fetch anew, and whoever writes a
 * reply goes on under the new name.
 */
export function announceMerged(live: Pick<Live, 'publish'>, merged: Merged): void {
  const { absorbedId, survivorId, endedSessionIds, movedSessionId } = merged
  const tell = (userId: string, signal: UserSignal) => live.publish(userTopic(userId), signal)
  tell(absorbedId, { kind: 'user.moved', userId: survivorId })
  for (const sessionId of [...endedSessionIds, ...(movedSessionId ? [movedSessionId] : [])]) {
    tell(absorbedId, { kind: 'session.ended', sessionId })
  }
  tell(survivorId, { kind: 'reset' })
}
