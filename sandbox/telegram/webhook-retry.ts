const PAUSE_MAX_SECONDS = 60
const RETRY_AFTER_MAX_SECONDS = 3_600

/**
 * Seconds until the next attempt after `failures` in a row: at once, then 2, 4, 8 … up to 60.
 * A Retry-After of the bot's own wins, up to an hour (tdlib/telegram-bot-api, WebhookActor).
 */
export function pauseSeconds(failures: number, retryAfter: string | null): number {
  const asked = Number(retryAfter)
  if (retryAfter !== null && Number.isFinite(asked) && asked >= 0) return Math.min(asked, RETRY_AFTER_MAX_SECONDS)
  return failures <= 1 ? 0 : Math.min(2 ** (failures - 1), PAUSE_MAX_SECONDS)
}
