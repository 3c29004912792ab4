import type { Kysely } from 'kysely'
import type { Credits } from '#contract/api'
import type { Locale } from '#contract/words'
import type { KeyRing, MergePart } from '#domain/identity'
import type { LinkNews } from '#domain/linking'
import type { Limits } from '#edges/http'
import type { Clock } from '#platform/clock'
import type { Live } from '#platform/live'
import type { Log } from '#platform/log'
import type { Database } from '#platform/postgres'
import type { Vault } from '#platform/vault'
import type { ProviderConfig } from './provider.ts'

/** Telegram's own, or the sandbox that plays it. */
export interface WidgetSource {
  scriptUrl: string
  /** The origin of the frame with the button, which the script makes. */
  frameOrigin: string
}

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
    /** Where the classic Login Widget comes from; null where it cannot work. */
    widget: WidgetSource | null
    /** Verify init data by Telegram's signature with these Ed25519 keys (hex); null: by the bot's token. */
    initDataKeys: readonly string[] | null
  }
  /** Telegram's own OpenID Connect among them, when it is configured. */
  providers: readonly ProviderConfig[]
  /** What a new person gets, by the channel of the first identity. */
  welcome: { telegram: Credits; web: Credits }
  linking: {
    /** Of every room with a user column. */
    parts: readonly MergePart[]
    ttlSeconds: number
    news: LinkNews
  }
  /** Hands a code over to be mailed; must return at once. */
  postCode(mail: { to: string; code: string; locale: Locale }): void
}
