import type { Vault } from '#platform/vault'
import type { Config } from './config.ts'

/** The secret that Telegram echoes in every webhook call: given, or one that only this installation can make. */
export function webhookSecret(config: Config, vault: Vault): string {
  return config.TELEGRAM_WEBHOOK_SECRET ?? vault.derive('telegram webhook secret').toString('base64url')
}
