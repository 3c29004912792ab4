import type { Vault } from '#platform/vault'
import type { Config } from './config.ts'

const PURPOSE = 'telegram webhook secret'
/** After a start the former secret is still taken for this long: other processes and Telegram learn the new one meanwhile. */
const FORMER_TAKEN_MS = 60_000

/** What Telegram echoes in every webhook call. */
export interface WebhookSecrets {
  /** Told to Telegram (Bot API setWebhook, secret_token). */
  current: string
  /** Those that count at this moment. */
  accepted(): string[]
}

/**
 * The secret that is configured, with the one it replaces behind a comma, or one that only this installation can make.
 * `monotonicMs`: a clock that never steps back.
 */
export function webhookSecrets(
  config: Pick<Config, 'TELEGRAM_WEBHOOK_SECRET'>,
  vault: Pick<Vault, 'derive' | 'deriveOthers'>,
  monotonicMs: () => number = () => performance.now(),
): WebhookSecrets {
  const derived = () => vault.derive(PURPOSE).toString('base64url')
  const [current = derived(), former] = config.TELEGRAM_WEBHOOK_SECRET?.split(',') ?? []
  const untilMs = monotonicMs() + FORMER_TAKEN_MS
  const configured = config.TELEGRAM_WEBHOOK_SECRET !== undefined
  return {
    current,
    accepted() {
      if (configured) return former !== undefined && monotonicMs() < untilMs ? [current, former] : [current]
      // While the master key is changed, other processes tell Telegram what they make from theirs.
      return [current, ...vault.deriveOthers(PURPOSE).map((secret) => secret.toString('base64url'))]
    },
  }
}
