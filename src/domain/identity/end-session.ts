import type { Executor } from '#platform/postgres'
import { revokeHeldSessions, revokeSessions } from './session-store.ts'

/** Ends one session of this user. False when there was none of that id, or it had ended already. */
export async function endSession(executor: Executor, userId: string, sessionId: string): Promise<boolean> {
  return (await revokeSessions(executor, userId, { only: sessionId })).length > 0
}

/** Ends a session whoever's it is by now: the word of somebody who holds its secret. Whose it was, or null if it had ended. */
export async function endHeldSession(executor: Executor, sessionId: string): Promise<string | null> {
  return (await endHeldSessions(executor, [sessionId]))[0]?.userId ?? null
}

/**
 * Ends these sessions whoever's each is by now, as a merge or an undo may move them while their end waits. Returns those
 * that ended now, with their users.
 */
export async function endHeldSessions(
  executor: Executor,
  sessionIds: readonly string[],
): Promise<{ id: string; userId: string }[]> {
  return revokeHeldSessions(executor, sessionIds)
}

/** Ends every session of this user but the one that is named, if one is, and returns the ids of those that ended now. */
export async function endSessionsFor(
  executor: Executor,
  userId: string,
  exceptSessionId: string | null,
): Promise<string[]> {
  return revokeSessions(executor, userId, { except: exceptSessionId })
}
