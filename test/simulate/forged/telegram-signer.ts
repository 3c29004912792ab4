import { createHash, createHmac } from 'node:crypto'
import type { Random } from '../random.ts'

/** Fields in the order in which they are sent, names and values as decoded. */
export type Pairs = readonly (readonly [string, string])[]

export type ProofKind = 'widget' | 'initData'

/** Telegram's own rule (core.telegram.org/bots/webapps, core.telegram.org/widgets/login-legacy), written down a second time. */
export function hashOf(kind: ProofKind, pairs: Pairs, token: string): string {
  return hmac(keyOf(kind, token), checkString(pairs))
}

export function withHash(kind: ProofKind, pairs: Pairs, token: string): Pairs {
  return [...pairs, ['hash', hashOf(kind, pairs, token)]]
}

/** What somebody gets who knows the rule by half, or has another bot's token. */
export function wrongHash(kind: ProofKind, pairs: Pairs, token: string, random: Random): { how: string; hash: string } {
  const other: ProofKind = kind === 'widget' ? 'initData' : 'widget'
  const [botId = '', secret = ''] = token.split(':')
  const text = checkString(pairs)
  const key = keyOf(kind, token)
  const hashes: [string, () => string][] = [
    ['another bot’s token', () => hashOf(kind, pairs, `${botId}0:AA${secret.slice(2)}`)],
    ['a neighbour’s token', () => hashOf(kind, pairs, `${token.slice(0, -1)}~`)],
    ['the token of the test environment', () => hashOf(kind, pairs, `${token}/test`)],
    ['the token without its id', () => hashOf(kind, pairs, secret)],
    ['the bot’s id for a token', () => hashOf(kind, pairs, botId)],
    ['no token', () => hashOf(kind, pairs, '')],
    ['the word undefined for a token', () => hashOf(kind, pairs, 'undefined')],
    ['a token with a line break', () => hashOf(kind, pairs, `${token}\n`)],
    ['the other kind’s key', () => hashOf(other, pairs, token)],
    ['the bare token as key', () => hmac(token, text)],
    ['key and text swapped', () => hmac(text, key.toString('hex'))],
    ['the key’s parts swapped', () => hmac(createHmac('sha256', token).update('WebAppData').digest(), text)],
    ['no key', () => createHash('sha256').update(text).digest('hex')],
    ['an empty key', () => hmac('', text)],
    ['another digest', () => createHmac('sha512', key).update(text).digest('hex').slice(0, 64)],
    ['base64', () => createHmac('sha256', key).update(text).digest('base64')],
    ['fields as they came', () => hmac(key, lines([...pairs].reverse()).join('\n'))],
    ['fields joined by &', () => hmac(key, lines(pairs).sort().join('&'))],
    [
      'values still encoded',
      () =>
        hashOf(
          kind,
          pairs.map(([name, value]) => [name, encodeURIComponent(value)]),
          token,
        ),
    ],
    ['a line break at the end', () => hmac(key, `${text}\n`)],
    ['one field unsigned', () => hashOf(kind, leaveOneOut(pairs, random), token)],
    ['nothing signed', () => hmac(key, '')],
  ]
  const [how, make] = random.pick(hashes)
  const hash = make()
  // Where there is one field, or nothing to encode, the rule known by half is the whole rule.
  return hash === hashOf(kind, pairs, token) ? { how: 'zeroes', hash: '0'.repeat(64) } : { how, hash }
}

function keyOf(kind: ProofKind, token: string): Buffer {
  if (kind === 'widget') return createHash('sha256').update(token).digest()
  return createHmac('sha256', 'WebAppData').update(token).digest()
}

function checkString(pairs: Pairs): string {
  return lines([...pairs].sort(([left], [right]) => (left < right ? -1 : 1))).join('\n')
}

function lines(pairs: Pairs): string[] {
  return pairs.map(([name, value]) => `${name}=${value}`)
}

function hmac(key: string | Buffer, text: string): string {
  return createHmac('sha256', key).update(text).digest('hex')
}

function leaveOneOut(pairs: Pairs, random: Random): Pairs {
  const out = random.int(pairs.length)
  return pairs.filter((_, index) => index !== out)
}
