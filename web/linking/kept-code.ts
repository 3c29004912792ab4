import { visitStorage } from '../shell/guarded-storage.ts'

const CODE_KEY = 'vitte.link-code'

/** The code that the bot waits for. */
export interface WaitingCode {
  code: string
  expiresAt: string
}

/** A phone may throw this page away while its owner is in Telegram: the code is there when they come back. */
export function keepCode(secret: string, waiting: WaitingCode): void {
  visitStorage.set(CODE_KEY, JSON.stringify({ secret, ...waiting }))
}

/** The code shown for this link that has not run out; null otherwise. */
export function keptCode(secret: string, now = Date.now()): WaitingCode | null {
  try {
    const kept = JSON.parse(visitStorage.get(CODE_KEY) ?? '{}')
    const { code, expiresAt } = kept
    return kept.secret === secret && typeof code === 'string' && Date.parse(expiresAt) > now
      ? { code, expiresAt }
      : null
  } catch {
    return null
  }
}

export function forgetCode(): void {
  visitStorage.remove(CODE_KEY)
}
