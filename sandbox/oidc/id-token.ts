import { type JWTPayload, SignJWT, UnsecuredJWT } from 'jose'
import type { OidcFault } from './control.ts'
import type { Grant } from './grants.ts'
import type { SigningKey } from './keys.ts'
import { fullName, mailOf, type OidcPerson, subjectOf } from './people.ts'

export const ID_TOKEN_SECONDS = 3_600

export type Flavour = 'telegram' | 'generic'

export type IdTokenFacts = {
  flavour: Flavour
  issuer: string
  clientId: string
  grant: Grant
  fault: OidcFault | null
  nowSeconds: number
  key: SigningKey
  foreignKey: SigningKey
}

/** Signs what the issuer says of a person, or the forgery asked for. */
export async function signIdToken(facts: IdTokenFacts): Promise<string> {
  const { fault, key, foreignKey, issuer } = facts
  const payload = spoil(claims(facts), facts)
  if (fault === 'alg-none') return new UnsecuredJWT(payload).encode()
  const token = new SignJWT(payload)
  if (fault === 'hs256') {
    // The classic confusion: the public key, which everybody has, used as a shared secret.
    return token.setProtectedHeader({ alg: 'HS256', kid: key.kid }).sign(new TextEncoder().encode(key.publicPem))
  }
  if (fault === 'foreign-key') {
    return token.setProtectedHeader({ alg: 'RS256', kid: key.kid }).sign(foreignKey.privateKey)
  }
  if (fault === 'jku') {
    const jku = `${issuer}/foreign-jwks.json`
    return token.setProtectedHeader({ alg: 'RS256', kid: foreignKey.kid, jku }).sign(foreignKey.privateKey)
  }
  return token.setProtectedHeader({ alg: key.algorithm, kid: key.kid, typ: 'JWT' }).sign(key.privateKey)
}

function claims({ flavour, issuer, clientId, grant, nowSeconds }: IdTokenFacts): JWTPayload {
  const times = { iat: nowSeconds, exp: nowSeconds + ID_TOKEN_SECONDS }
  const registered = { iss: issuer, aud: clientId, ...times, ...(grant.nonce !== null && { nonce: grant.nonce }) }
  const wanted = grant.scope.split(' ')
  return flavour === 'telegram'
    ? { ...registered, ...telegramClaims(grant.person, wanted) }
    : { ...registered, ...genericClaims(grant.person, wanted) }
}

/** As Telegram documents them: `id` is the Bot API's user id, `sub` is another number. No picture here. */
function telegramClaims(person: OidcPerson, wanted: string[]): JWTPayload {
  const profile = {
    name: fullName(person),
    given_name: person.firstName,
    ...(person.lastName && { family_name: person.lastName }),
    ...(person.username && { preferred_username: person.username }),
  }
  return { sub: subjectOf(person.id), id: person.id, ...(wanted.includes('profile') && profile) }
}

function genericClaims(person: OidcPerson, wanted: string[]): JWTPayload {
  const email = mailOf(person)
  return {
    sub: subjectOf(email),
    ...(wanted.includes('email') && { email, email_verified: person.emailVerified ?? true }),
    ...(wanted.includes('profile') && { name: fullName(person), given_name: person.firstName }),
  }
}

function spoil(payload: JWTPayload, { fault, nowSeconds }: IdTokenFacts): JWTPayload {
  const { id, nonce, ...rest } = payload
  switch (fault) {
    case 'wrong-aud':
      return { ...payload, aud: 'somebody-else' }
    case 'wrong-iss':
      return { ...payload, iss: 'https://oauth.example.test' }
    case 'expired':
      return { ...payload, iat: nowSeconds - 2 * ID_TOKEN_SECONDS, exp: nowSeconds - ID_TOKEN_SECONDS }
    case 'issued-in-future':
      return { ...payload, iat: nowSeconds + ID_TOKEN_SECONDS, exp: nowSeconds + 2 * ID_TOKEN_SECONDS }
    case 'missing-id':
      return { ...rest, ...(nonce !== undefined && { nonce }) }
    case 'text-id':
      return { ...payload, id: String(id) }
    case 'wrong-nonce':
      return { ...payload, nonce: 'of-another-session' }
    case 'missing-nonce':
      return { ...rest, ...(id !== undefined && { id }) }
    case 'unverified-email':
      return { ...payload, email_verified: false }
    case 'sub-only': {
      const { iss, aud, iat, exp, sub } = payload
      return { iss, aud, iat, exp, sub, ...(nonce !== undefined && { nonce }) }
    }
    default:
      return payload
  }
}
