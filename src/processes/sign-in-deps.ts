import type { ProviderConfig, SignInDeps } from '#edges/web'
import type { Ground } from './lay-ground.ts'
import type { Surroundings } from './surroundings.ts'
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
  const { db, keys, clock, welcome } = house
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
    telegram: { botToken: outside.telegram.token, botUsername, widget: false },
    providers: providersOf(ground, outside),
  }
}

function providersOf({ config }: Ground, { oidc }: Surroundings): ProviderConfig[] {
  const telegram: ProviderConfig[] = oidc ? [{ name: 'telegram', label: 'Telegram', flavour: 'telegram', ...oidc }] : []
  const others = config.OIDC_PROVIDERS.map((provider) => ({ ...provider, flavour: 'generic' as const }))
  return [...telegram, ...others]
}
