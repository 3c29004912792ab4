import { randomBytes } from 'node:crypto'
import type { OidcPerson } from './people.ts'

const CODE_SECONDS = 60
const CODES_KEPT = 1_000
const CODE_BYTES = 32

/** What somebody allowed, to be redeemed by code. */
export type Grant = {
  person: OidcPerson
  redirectUri: string
  scope: string
  nonce: string | null
  codeChallenge: string | null
}

export type Grants = { issue(grant: Grant): string; redeem(code: string): Grant | null }

/** Authorization codes: single use, 60 seconds. `nowMs` is the issuer's clock. */
export function createGrants(nowMs: () => number): Grants {
  const grants = new Map<string, Grant & { expiresAtMs: number }>()
  return {
    issue(grant) {
      const oldest = grants.keys().next().value
      if (grants.size >= CODES_KEPT && oldest) grants.delete(oldest)
      const code = randomBytes(CODE_BYTES).toString('base64url')
      grants.set(code, { ...grant, expiresAtMs: nowMs() + CODE_SECONDS * 1000 })
      return code
    },
    redeem(code) {
      const grant = grants.get(code)
      grants.delete(code)
      return grant && grant.expiresAtMs > nowMs() ? grant : null
    },
  }
}
