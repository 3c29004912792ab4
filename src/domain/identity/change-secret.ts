import { randomToken } from '#platform/ids'
import type { Executor } from '#platform/postgres'
import { hashSessionToken, TOKEN_BYTES } from './session.ts'
import { rotateSecret } from './session-change-store.ts'

/**
 * Gives a session that has to change its secret a new one and returns it; null when another request was faster, which
 * then has it. The old one works a minute longer.
 */
export async function changeSecret(executor: Executor, sessionId: string, token: string): Promise<string | null> {
  const newToken = randomToken(TOKEN_BYTES)
  const hashes = { tokenHash: hashSessionToken(token), newTokenHash: hashSessionToken(newToken) }
  return (await rotateSecret(executor, { sessionId, ...hashes })) ? newToken : null
}
