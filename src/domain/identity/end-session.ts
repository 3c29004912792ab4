import type { Executor } from '#platform/postgres'
import { revokeSessions } from './session-store.ts'

/** Ends one session of this user. False when there was none of that id, or it had ended already. */
export async function endSession(executor: Executor, userId: string, sessionId: string): Promise<boolean> {
  return (await revokeSessions(executor, userId, sessionId)).length > 0
}

/** Ends every session of this user and returns their ids. */
export async function endSessions(executor: Executor, userId: string): Promise<string[]> {
  return revokeSessions(executor, userId, null)
}
