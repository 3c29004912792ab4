import { constants, createHmac, type KeyObject, sign } from 'node:crypto'
import type { Random } from '../random.ts'
import type { Verdict } from './court.ts'
import type { ForgingIssuer } from './forging-issuer.ts'
import { nowSeconds } from './ground.ts'
import { mutateText } from './mutate-text.ts'
import { oddValue } from './odd-values.ts'

export interface TokenFacts {
  issuer: ForgingIssuer
  nonce: string
  /** Claims that say who it is, of somebody genuine and of a victim. */
  person: Record<string, unknown>
  victim: Record<string, unknown>
}

export interface IdToken {
  how: string
  verdict: Verdict
  token: unknown
}

type Part = Record<string, unknown>
type Maker = (facts: TokenFacts, random: Random) => IdToken

/** An id token, genuine or spoiled in one of the ways that have fooled somebody before. */
export function makeIdToken(facts: TokenFacts, random: Random): IdToken {
  return random.pick(MAKERS)(facts, random)
}

export function genuineIdToken(facts: TokenFacts): string {
  return compact(headerOf(facts), claimsOf(facts, facts.person), rs256(facts.issuer.key))
}

const control: Maker = (facts) => ({ how: 'a genuine token', verdict: 'genuine', token: genuineIdToken(facts) })

/** Signed with the issuer's own key, and still for somebody else, of another time, or of another sign-in. */
const wrongClaim: Maker = (facts, random) => {
  const { url, clientId } = facts.issuer
  const now = nowSeconds()
  const claims = claimsOf(facts, facts.victim)
  const spoiled: [string, Part][] = [
    ['another audience', { aud: 'somebody-else' }],
    ['an audience that begins like ours', { aud: `${clientId}x` }],
    ['our audience in capitals', { aud: clientId.toUpperCase() }],
    ['no audience', { aud: undefined }],
    ['an empty list of audiences', { aud: [] }],
    ['another audience beside ours, authorized', { aud: [clientId, 'other'], azp: 'other' }],
    ['another audience beside ours', { aud: [clientId, 'other'] }],
    ['another issuer', { iss: 'https://oauth.telegram.org' }],
    ['our issuer with a slash', { iss: `${url}/` }],
    ['no issuer', { iss: undefined }],
    ['a list of issuers', { iss: [url] }],
    ['a token that ended', { iat: now - 7_200, exp: now - 3_600 }],
    ['an end in milliseconds of the past', { exp: 0 }],
    ['no end', { exp: undefined }],
    ['an end that is a text', { exp: String(now + 3_600) }],
    ['a token of the future', { iat: now + 3_600, exp: now + 7_200 }],
    ['a token that is not valid yet', { nbf: now + 3_600 }],
    ['no beginning', { iat: undefined }],
    ['another nonce', { nonce: 'of-another-session' }],
    ['no nonce', { nonce: undefined }],
    ['an empty nonce', { nonce: '' }],
    ['a list of nonces', { nonce: [facts.nonce] }],
    ['a nonce in capitals', { nonce: `${facts.nonce}`.toUpperCase().replace(/^/, 'A') }],
    ['no subject', { sub: undefined }],
    ['a number for a subject', { sub: 42 }],
    // Telegram's people are known by their number alone.
    ...('id' in facts.victim ? [] : [['an empty subject', { sub: '' }] as [string, Part]]),
  ]
  const [how, change] = random.pick(spoiled)
  const token = compact(headerOf(facts), { ...claims, ...change }, rs256(facts.issuer.key))
  return { how, verdict: 'forged', token }
}

/** The one claim that says who somebody is on Telegram must be their number and nothing like it. */
const wrongId: Maker = (facts, random) => {
  const { how, value } = oddValue('id' in facts.victim ? String(facts.victim.id) : facts.victim.sub, random)
  const claims = claimsOf(facts, facts.victim)
  const name = 'id' in facts.victim ? 'id' : 'sub'
  const plain =
    name === 'id'
      ? Number.isInteger(value) && Number(value) > 0 && Number(value) <= 2 ** 52
      : typeof value === 'string' && value
  const token = compact(headerOf(facts), { ...claims, [name]: value }, rs256(facts.issuer.key))
  return { how: `${how} for ${name}`, verdict: plain ? 'either' : 'forged', token }
}

const wrongKey: Maker = (facts, random) => {
  const { issuer } = facts
  const pem = issuer.publicKey.export({ type: 'spki', format: 'pem' }).toString()
  const jwk = issuer.publicKey.export({ format: 'jwk' })
  const der = issuer.publicKey.export({ type: 'spki', format: 'der' })
  const foreignJwk = { ...issuer.foreignPublicKey.export({ format: 'jwk' }), kid: issuer.kid, alg: 'RS256' }
  const none = () => ''
  const foreign = rs256(issuer.foreignKey)
  const own = rs256(issuer.key)
  const keys: [string, Part, (text: string) => string][] = [
    ...['none', 'None', 'NONE', 'nOnE', ''].map((alg): [string, Part, typeof none] => [
      `algorithm "${alg}"`,
      { alg },
      none,
    ]),
    ['algorithm none with a signature', { alg: 'none' }, own],
    ['no algorithm', { alg: undefined }, own],
    ['the algorithm in small letters', { alg: 'rs256' }, own],
    ['no signature', {}, none],
    ['the public key as a secret', { alg: 'HS256' }, hs(256, pem)],
    ['the trimmed public key as a secret', { alg: 'HS256' }, hs(256, pem.trim())],
    ['the public key’s bytes as a secret', { alg: 'HS256' }, hs(256, der)],
    ['the public key’s JSON as a secret', { alg: 'HS384' }, hs(384, JSON.stringify(jwk))],
    ['the modulus as a secret', { alg: 'HS512' }, hs(512, Buffer.from(jwk.n ?? '', 'base64url'))],
    ['the client’s secret', { alg: 'HS256' }, hs(256, issuer.clientSecret)],
    ['an empty secret', { alg: 'HS256' }, hs(256, '')],
    ['another key under our name', {}, foreign],
    ['another key without a name', { kid: undefined }, foreign],
    ['another key that the header brings', { jwk: foreignJwk }, foreign],
    ['another key that the header points to', { jku: issuer.foreignKeysUrl }, foreign],
    ['another key with a new name that the header points to', { jku: issuer.foreignKeysUrl, kid: 'foreign' }, foreign],
    ['a certificate’s address', { x5u: issuer.foreignKeysUrl }, foreign],
    [
      'a certificate',
      { x5c: [issuer.foreignPublicKey.export({ type: 'spki', format: 'der' }).toString('base64')] },
      foreign,
    ],
    ['a key named by a path', { kid: '../../../../dev/null' }, hs(256, '')],
    ['a key named by SQL', { kid: "own' OR 1=1 --" }, foreign],
    ['an unknown extension that is critical', { crit: ['exp2'], exp2: 1 }, own],
    ['an unencoded payload', { b64: false, crit: ['b64'] }, own],
    ['another algorithm over our signature', { alg: 'RS512' }, own],
    ['another padding', { alg: 'PS256' }, ps256(issuer.key)],
    ['nothing but zeroes', {}, () => Buffer.alloc(256).toString('base64url')],
    ['a signature over the claims alone', {}, (text) => own(text.split('.')[1] ?? '')],
  ]
  const [how, header, signer] = random.pick(keys)
  const token = compact({ ...headerOf(facts), ...header }, claimsOf(facts, facts.victim), signer)
  return { how: `signed with ${how}`, verdict: 'forged', token }
}

/** A genuine token, hurt somewhere. The same bytes written in another way are the same token. */
const hurtToken: Maker = (facts, random) => {
  const genuine = genuineIdToken(facts)
  const { how, text } = mutateText(genuine, random)
  return { how, verdict: saysTheSame(text, genuine) ? 'either' : 'forged', token: text }
}

/** The signature of one token under the claims of another. */
const otherClaims: Maker = (facts) => {
  const [header, , signature] = genuineIdToken(facts).split('.')
  return {
    how: 'other claims under a signature',
    verdict: 'forged',
    token: [header, encode(claimsOf(facts, facts.victim)), signature].join('.'),
  }
}

const noToken: Maker = (facts, random) => {
  const { how, value } = oddValue(genuineIdToken(facts), random)
  return { how: `${how} for a token`, verdict: 'forged', token: random.chance(0.3) ? undefined : value }
}

const MAKERS: readonly Maker[] = [
  ...[control, control, wrongClaim, wrongClaim, wrongClaim, wrongClaim, wrongId, otherClaims, noToken],
  ...[wrongKey, wrongKey, wrongKey, wrongKey, wrongKey, hurtToken, hurtToken, hurtToken],
]

function headerOf({ issuer }: TokenFacts): Part {
  return { alg: 'RS256', kid: issuer.kid, typ: 'JWT' }
}

function claimsOf({ issuer, nonce }: TokenFacts, person: Part): Part {
  const now = nowSeconds()
  return {
    iss: issuer.url,
    aud: issuer.clientId,
    iat: now,
    exp: now + 3_600,
    nonce,
    sub: 'subject',
    name: 'A',
    ...person,
  }
}

function compact(header: Part, claims: Part, signer: (text: string) => string): string {
  const text = `${encode(header)}.${encode(claims)}`
  return `${text}.${signer(text)}`
}

function encode(part: Part): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url')
}

function rs256(key: KeyObject) {
  return (text: string) => sign('sha256', Buffer.from(text), key).toString('base64url')
}

function ps256(key: KeyObject) {
  const options = { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }
  return (text: string) => sign('sha256', Buffer.from(text), options).toString('base64url')
}

function hs(bits: number, secret: string | Buffer) {
  return (text: string) => createHmac(`sha${bits}`, secret).update(text).digest('base64url')
}

function saysTheSame(text: string, genuine: string): boolean {
  const [head, claims, signature = ''] = text.split('.')
  const [trueHead, trueClaims, trueSignature = ''] = genuine.split('.')
  const bytes = (part: string) => Buffer.from(part, 'base64url').toString('hex')
  return head === trueHead && claims === trueClaims && bytes(signature) === bytes(trueSignature)
}
