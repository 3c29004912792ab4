import type { KeptTexts } from '../shell/guarded-storage.ts'

const SESSION_KEY = 'vitte.telegram-session'

interface KeptSession {
  token: string
  telegramId: string
}

/**
 * The bearer token of this visit. It is kept with the Telegram id it was given for: one browser can hold several
 * Telegram people, and one must never be shown another's talk.
 */
export function keepSession(storage: KeptTexts, session: KeptSession): void {
  storage.set(SESSION_KEY, JSON.stringify(session))
}

export function keptTokenOf(storage: KeptTexts, telegramId: string | null): string | null {
  try {
    const session: Partial<KeptSession> = JSON.parse(storage.get(SESSION_KEY) ?? '{}')
    return telegramId && session.telegramId === telegramId && session.token ? session.token : null
  } catch {
    return null
  }
}

/** Who the launch data says it is for. Unproven: good enough to choose a token, for nothing else. */
export function claimedTelegramId(initData: string): string | null {
  try {
    const { id } = JSON.parse(new URLSearchParams(initData).get('user') ?? '{}')
    return typeof id === 'number' ? String(id) : null
  } catch {
    return null
  }
}
