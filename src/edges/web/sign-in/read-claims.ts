import type { IDToken } from 'openid-client'
import type { Locale } from '#contract/words'
import type { ProvenIdentity } from '#domain/identity'
import { Problem } from '#edges/http'
import { cleanName } from './clean-name.ts'
import type { ProviderConfig } from './provider.ts'
import { readTelegramId, telegramIdentity } from './telegram-person.ts'

/** The library checks when a token ends, not that it has begun; clocks may differ by this much. */
const FUTURE_MAX_SECONDS = 60
/** OpenID Connect Core, section 2: a subject has at most 255 ASCII characters. */
const SUBJECT = /^[\x21-\x7e]{1,255}$/

/**
 * Who a verified id token is about. Telegram's `sub` is not its user id, only the numeric `id` claim is; any other
 * provider is believed for its own subject alone, whatever address or name it asserts.
 * @throws Problem 401 `invalid_signature` when the token names nobody, `expired` when it is not valid yet
 */
export function readClaims(
  { name, flavour }: ProviderConfig,
  claims: IDToken,
  { locale, nowSeconds }: { locale: Locale; nowSeconds: number },
): ProvenIdentity {
  if (claims.iat > nowSeconds + FUTURE_MAX_SECONDS) throw new Problem(401, 'expired')
  if (!SUBJECT.test(claims.sub)) throw new Problem(401, 'invalid_signature')
  const username = textOf(claims.preferred_username)
  const displayName = textOf(claims.name) || [textOf(claims.given_name), textOf(claims.family_name)].join(' ')
  if (flavour === 'telegram') {
    const id = typeof claims.id === 'number' ? readTelegramId(claims.id) : null
    if (id === null) throw new Problem(401, 'invalid_signature')
    return { ...telegramIdentity({ id, firstName: displayName, username: username || undefined }), locale }
  }
  return {
    provider: name,
    externalId: claims.sub,
    channel: 'web',
    displayName: cleanName(displayName || username),
    username: username ? cleanName(username) : undefined,
    locale,
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
