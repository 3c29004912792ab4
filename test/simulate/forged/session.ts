import { createHash } from 'node:crypto'
import type { Random } from '../random.ts'
import type { Attempt, Verdict } from './court.ts'
import { type Case, fromSomewhere, type Ground, isOk, postJson } from './ground.ts'
import { mutateText } from './mutate-text.ts'
import { carried } from './raw-client.ts'

const COOKIE = 'vitte'

/** A browser's session lives in a cookie, a Mini App's in the Authorization header. */
export interface Token {
  token: string
  as: 'cookie' | 'bearer'
}

export interface Sessions {
  living: readonly Token[]
  ended: readonly Token[]
}

interface Mutant {
  how: string
  verdict: Verdict
  headers: string[]
}

type Maker = (token: Token, other: Token, random: Random) => Mutant

/** Tokens of sessions: only the whole token, in the place it belongs to, opens anything. */
export function sessionCase({ living, ended }: Sessions): Case {
  return async (ground, random) => {
    if (random.chance(0.1)) return void (await ground.court.judge(writeFrom(ground, random, random.pick(living))))
    const [token, other] = [random.pick(living), random.pick(living)]
    const over = random.chance(0.05)
    const mutant = over ? endedSession(random.pick(ended)) : random.pick(MAKERS)(token, other, random)
    const { how, verdict, headers } = mutant
    const request = { method: 'GET', path: '/api/sessions', headers: [...fromSomewhere(random), ...headers] }
    await ground.court.judge({ kind: 'session', how, verdict, request, opens: isOk })
  }
}

function headersOf({ token, as }: Token): string[] {
  return as === 'cookie' ? ['Cookie', `${COOKIE}=${token}`] : ['Authorization', `Bearer ${token}`]
}

function endedSession(token: Token): Mutant {
  return { how: `${token.as} of an ended session`, verdict: 'forged', headers: headersOf(token) }
}

const control: Maker = (token) => ({ how: `a ${token.as}`, verdict: 'genuine', headers: headersOf(token) })

const hurtToken: Maker = (token, _, random) => {
  const { how, text } = mutateText(token.token, random)
  const hurt = { ...token, token: text }
  return {
    how: `${token.as}: ${how}`,
    verdict: opensAnyway(hurt, token) ? 'either' : 'forged',
    headers: headersOf(hurt),
  }
}

const wrongPlace: Maker = (token, _, random) => {
  const { as } = token
  const turned: Token = { ...token, as: as === 'cookie' ? 'bearer' : 'cookie' }
  const names = ['__Host-vitte', '__Secure-vitte', 'Vitte', 'VITTE', 'vitte[]', 'session', 'vitte-login', 'vittе']
  const schemes = ['Basic', 'Token', 'Bearer:', 'Bearer Bearer', 'Bearer,', 'tma', '']
  const ways: [string, string[]][] = [
    ['in the other’s place', headersOf(turned)],
    [
      'under another name',
      as === 'cookie'
        ? ['Cookie', `${random.pick(names)}=${token.token}`]
        : ['X-Authorization', `Bearer ${token.token}`],
    ],
    ['by another scheme', ['Authorization', `${random.pick(schemes)} ${token.token}`]],
    ['in an address', ['Referer', `http://localhost/?token=${token.token}`]],
    ['a cookie with a wrong bearer', ['Cookie', `${COOKIE}=${token.token}`, 'Authorization', `Bearer ${token.token}x`]],
  ]
  const [how, headers] = random.pick(ways)
  return { how: `${as} ${how}`, verdict: 'forged', headers }
}

/** What a thief of the table, or of half a token, could send. */
const madeUp: Maker = (token, other, random) => {
  const hash = createHash('sha256').update(token.token)
  const middle = Math.floor(token.token.length / 2)
  const half = token.token.slice(0, middle) + other.token.slice(middle)
  const tokens: [string, string][] = [
    ['its hash', hash.copy().digest('base64url')],
    ['its hash in hex', hash.copy().digest('hex')],
    ['its bytes in hex', Buffer.from(token.token, 'base64url').toString('hex')],
    ['its bytes in base64', Buffer.from(token.token, 'base64url').toString('base64')],
    ['its last bits changed', lastBits(token.token)],
    ['nothing but A', 'A'.repeat(token.token.length)],
    ['a placeholder of SQL', "' OR 1=1 --"],
    ['a null', 'null'],
  ]
  const [how, text] =
    half === token.token ? random.pick(tokens) : random.pick([...tokens, ['halves of two', half] as const])
  const made = { ...token, token: text }
  return {
    how: `${token.as}: ${how}`,
    verdict: opensAnyway(made, token) ? 'either' : 'forged',
    headers: headersOf(made),
  }
}

const twice: Maker = ({ token, as }, _, random) => {
  const wrong = `${token.slice(0, -2)}~~`
  const order = random.shuffle([token, wrong])
  if (as === 'bearer') {
    const headers = order.flatMap((each) => ['Authorization', `Bearer ${each}`])
    return { how: 'two bearers', verdict: 'either', headers }
  }
  const joined = ['Cookie', order.map((each) => `${COOKIE}=${each}`).join('; ')]
  const apart = order.flatMap((each) => ['Cookie', `${COOKIE}=${each}`])
  return { how: 'two cookies', verdict: 'either', headers: random.pick([joined, apart]) }
}

const MAKERS: readonly Maker[] = [
  control,
  ...[hurtToken, hurtToken, hurtToken, hurtToken, hurtToken, hurtToken, hurtToken, hurtToken],
  ...[wrongPlace, wrongPlace, wrongPlace, madeUp, madeUp, twice],
]

/** A write with the right cookie, caused by a page of ours or by somebody else's. */
function writeFrom(ground: Ground, random: Random, { token, as }: Token): Attempt {
  const { origin, host } = new URL(ground.url)
  const foreign = [
    'null',
    'https://evil.example',
    `${origin}.evil.example`,
    `http://evil.example/${host}`,
    `http://${host}@evil.example`,
  ]
  const near = [
    origin.replace('//', '//evil.'),
    origin.replace(/\d$/, (digit) => `${(Number(digit) + 1) % 10}`),
    '',
    '*',
    'file://',
  ]
  const honest = random.chance(0.3)
  const from = honest ? ['Origin', origin] : random.pick([[], ...[...foreign, ...near].map((each) => ['Origin', each])])
  const request = postJson(ground, random, '/api/typing', '')
  const headers = [...fromSomewhere(random), ...from, ...headersOf({ token, as })]
  return {
    kind: 'origin',
    how: `a write by ${as} from ${from[1] ?? 'nowhere'}`,
    verdict: honest || as === 'bearer' ? 'genuine' : 'forged',
    request: { ...request, headers },
    opens: ({ status }) => status === 204,
  }
}

/** Read as leniently as any server reads cookies and the Authorization header. */
function opensAnyway(sent: Token, genuine: Token): boolean {
  const [, header = ''] = headersOf(sent)
  const text = carried(header)
  if (sent.as === 'bearer') return text.replace(/^bearer[\s]+/i, '').trim() === genuine.token
  return text.split(';').some((part) => {
    const [name = '', ...rest] = part.split('=')
    const value = rest
      .join('=')
      .trim()
      .replace(/^"(.*)"$/, '$1')
    return name.trim() === COOKIE && [value, decoded(value)].includes(genuine.token)
  })
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Base64url of 32 bytes leaves two bits unused; a token that differs in them alone is another token. */
function lastBits(token: string): string {
  const signs = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  return token.slice(0, -1) + signs.charAt(signs.indexOf(token.slice(-1)) ^ 1)
}
