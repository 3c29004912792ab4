import type { Kysely } from 'kysely'
import type { Credits } from '#contract/api'
import type { Locale } from '#contract/words'
import type { KeyRing } from '#domain/identity'
import type { Limits } from '#edges/http'
import type { Clock } from '#platform/clock'
import type { Live } from '#platform/live'
import type { Log } from '#platform/log'
import type { Database } from '#platform/postgres'
import type { Vault } from '#platform/vault'
import type { ProviderConfig } from './provider.ts'

/** What signing in stands on; all of it handed in by whoever puts the process together. */
export interface SignInDeps {
  db: Kysely<Database>
  vault: Vault
  keyRing: KeyRing
  live: Live
  log: Log
  clock: Clock
  limits: Limits
  publicUrl: string
  telegram: {
    botToken: string
    /** Null until Telegram has told us. */
    botUsername(): string | null
    /** Whether the page may show the classic Login Widget. */
    widget: boolean
  }
  /** Telegram's own OpenID Connect among them, when it is configured. */
  providers: readonly ProviderConfig[]
  /** What a new person gets, by the channel of the first identity. */
  welcome: { telegram: Credits; web: Credits }
  /** Hands a code over to be mailed; must return at once. */
  postCode(mail: { to: string; code: string; locale: Locale }): void
}
