import { type ProviderConfig, type SignInDeps, TELEGRAM_INIT_DATA_KEY } from '#edges/web'
import type { Ground } from './lay-ground.ts'
import type { Surroundings } from './surroundings.ts'
import { widgetSource } from './widget-source.ts'
import type { House } from './wire.ts'

/** What signing in stands on in this process. */
export function signInDeps(
  ground: Ground,
  house: House,
  outside: Surroundings,
  { postCode, botUsername }: Pick<SignInDeps, 'postCode'> & { botUsername(): string | null },
): SignInDeps {
  const { vault, log, courier } = ground
  const { live, limits } = courier
  const { db, keys, clock, welcome, linking, linkNews } = house
  return {
    db,
    vault,
    keyRing: keys,
    live,
    log,
    clock,
    limits,
    welcome,
    postCode,
    publicUrl: outside.publicUrl,
    telegram: {
      botToken: outside.telegram.token,
      botUsername,
      widget: widgetSource(ground.config, outside),
      initDataKeys: initDataKeysOf(ground, outside),
    },
    providers: providersOf(ground, outside),
    linking: { parts: linking.parts, ttlSeconds: ground.config.LINK_TOKEN_TTL_SECONDS, news: linkNews },
  }
}

function providersOf({ config }: Ground, { oidc }: Surroundings): ProviderConfig[] {
  const telegram: ProviderConfig[] = oidc ? [{ name: 'telegram', label: 'Telegram', flavour: 'telegram', ...oidc }] : []
  const others = config.OIDC_PROVIDERS.map((provider) => ({ ...provider, flavour: 'generic' as const }))
  return [...telegram, ...others]
}

/** The sandbox signs with a key of its own; Telegram's test environment is never believed. */
function initDataKeysOf({ config }: Ground, { sandbox }: Surroundings): readonly string[] | null {
  if (config.TELEGRAM_INIT_DATA_VERIFY === 'hmac') return null
  return [sandbox?.plays.telegram ? sandbox.signaturePublicKey : TELEGRAM_INIT_DATA_KEY]
}
