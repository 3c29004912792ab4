import { ApiError } from '../api/api-error.ts'
import { createApi } from '../api/create-api.ts'
import type { KeptTexts } from '../shell/guarded-storage.ts'
import { claimedTelegramId, keepSession, keptTokenOf } from './kept-session.ts'

/**
 * The bearer token for this launch: the kept one while it is good, else a new one for the signed launch data.
 * Null when both are stale: only the bot can open the page again. Throws `ApiError` when nobody answers.
 */
export async function signInWithLaunchData(initData: string, storage: KeptTexts): Promise<string | null> {
  const telegramId = claimedTelegramId(initData)
  const kept = keptTokenOf(storage, telegramId)
  if (kept && (await isGood(kept))) return kept
  try {
    const { token } = await createApi().call<{ token: string }>('POST', '/api/auth/telegram/mini-app', {
      body: { initData },
    })
    if (telegramId) keepSession(storage, { token, telegramId })
    return token
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return null
    throw error
  }
}

async function isGood(token: string): Promise<boolean> {
  try {
    await createApi({ token }).call('GET', '/api/me')
    return true
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return false
    throw error
  }
}
