import { isIP } from 'node:net'
import type { Credits } from '#contract/api'
import { CREDIT_TYPES, type CreditType } from '#contract/words'
import type { OidcProviderSettings } from './config.ts'

const CREDITS_MAX = 1_000_000
const UNIT_MS: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** `basic:50,pro:5` → whole credits; a type that is not named is zero. */
export function parseCredits(text: string): Credits {
  const credits: Credits = { basic: 0, pro: 0, cassandra: 0 }
  for (const part of parseList(text)) {
    const [, type, amount] = /^([a-z]+):(\d{1,7})$/.exec(part) ?? []
    if (!CREDIT_TYPES.includes(type as CreditType) || Number(amount) > CREDITS_MAX) {
      throw new Error(`"${part}" must look like basic:50 (types: ${CREDIT_TYPES.join(', ')})`)
    }
    credits[type as CreditType] = Number(amount)
  }
  return credits
}

/** `3s`, `5m`, `72h`, `7d` → milliseconds. */
export function parseDuration(text: string): number {
  const [, amount, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? []
  if (!amount || !unit) throw new Error('must be a duration like 3s, 5m, 72h or 7d')
  return Number(amount) * (UNIT_MS[unit] ?? 0)
}

/** `192.0.2.1`, `10.0.0.0/8`, `2001:db8::/32`. */
export function isAddressOrRange(text: string): boolean {
  const [address = '', bits, more] = text.split('/')
  const version = isIP(address)
  if (version === 0 || more !== undefined) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128))
}

/** Comma separated, blanks ignored. */
export function parseList(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
}

/** `OIDC_<NAME>_ISSUER`, `_CLIENT_ID`, `_CLIENT_SECRET`, `_LABEL` → providers by lower-case name. */
export function parseOidcProviders(env: Record<string, string | undefined>): OidcProviderSettings[] {
  const names = new Set<string>()
  for (const key of Object.keys(env)) {
    const name = /^OIDC_([A-Z0-9]+(?:_[A-Z0-9]+)*?)_(ISSUER|CLIENT_ID|CLIENT_SECRET|LABEL)$/.exec(key)?.[1]
    if (name) names.add(name)
  }
  return [...names].sort().map((name) => {
    const read = (part: string) => env[`OIDC_${name}_${part}`]
    for (const part of ['ISSUER', 'CLIENT_ID', 'CLIENT_SECRET']) {
      if (!read(part)) throw new Error(`OIDC_${name}_${part}: required for the sign-in provider ${name}`)
    }
    if (!URL.canParse(read('ISSUER') ?? '')) throw new Error(`OIDC_${name}_ISSUER: must be an https address`)
    if (name === 'TELEGRAM' || name === 'EMAIL') throw new Error(`OIDC_${name}_ISSUER: this name is taken`)
    return {
      name: name.toLowerCase().replaceAll('_', '-'),
      issuer: (read('ISSUER') ?? '').replace(/\/+$/, ''),
      clientId: read('CLIENT_ID') ?? '',
      clientSecret: read('CLIENT_SECRET') ?? '',
      label: read('LABEL') ?? name,
    }
  })
}
