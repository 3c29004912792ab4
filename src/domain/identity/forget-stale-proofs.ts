import type { Executor } from '#platform/postgres'
import { deleteExpiredCodes } from './email-code-store.ts'
import { deleteExpiredProofs } from './proof-use-store.ts'
import { deleteEndedSessions } from './session-store.ts'

/** Removes codes, counted payloads and sessions that time has ended. To be run every hour or so by one worker. */
export async function forgetStaleProofs(executor: Executor): Promise<void> {
  await deleteExpiredCodes(executor)
  await deleteExpiredProofs(executor)
  await deleteEndedSessions(executor)
}
