import type { Random } from '../random.ts'
import { fromSomewhere, type Ground } from './ground.ts'
import { mutateText } from './mutate-text.ts'
import { carried, type RawAnswer, type RawRequest } from './raw-client.ts'

/** A sign-in that has left our page and is to come back with an answer. */
export interface LeftLogin {
  path: string
  cookie: string
  /** Of whoever was signed in; empty for nobody. */
  session: string
  state: string
  nonce: string
  challenge: string
}

const COOKIE = 'vitte-login'

/** Where a sign-in begins, and what that is answered with. */
export interface Departure {
  kind: string
  path: string
  status: number
  /** Who is signed in in this browser. */
  session?: string
}

/** Begins a sign-in in a browser of its own; where it goes may be told by an address or by a page. */
export async function leave(
  ground: Ground,
  random: Random,
  { kind, path, status, session = '' }: Departure,
): Promise<LeftLogin> {
  const headers = [...fromSomewhere(random), ...(session ? ['Cookie', `vitte=${session}`] : [])]
  const { cookies, location, text } = await ground.court.step(kind, { method: 'GET', path, headers }, status)
  const target = location === null ? null : new URL(location).searchParams
  return {
    path: `${path}/callback`,
    cookie: cookies.get(COOKIE) ?? '',
    session,
    state: target?.get('state') ?? /\bstate=([\w-]+)/.exec(text)?.[1] ?? '',
    nonce: target?.get('nonce') ?? '',
    challenge: target?.get('code_challenge') ?? '',
  }
}

/** The way back as an honest browser takes it. */
export function comeBack(random: Random, login: LeftLogin, answer: URLSearchParams): RawRequest {
  const cookie = `${COOKIE}=${login.cookie}${login.session ? `; vitte=${login.session}` : ''}`
  return { method: 'GET', path: `${login.path}?${answer}`, headers: [...fromSomewhere(random), 'Cookie', cookie] }
}

export function isSignedIn({ cookies }: RawAnswer): boolean {
  return (cookies.get('vitte') ?? '') !== ''
}

/** Another's answer brought to this browser, or this answer to another's: `other` has begun at the same place. */
export function strayBack(
  random: Random,
  login: LeftLogin,
  other: LeftLogin,
  answer: URLSearchParams,
): { how: string; request: RawRequest; same: boolean } {
  const changed = (change: (answer: URLSearchParams) => void) => {
    const copy = new URLSearchParams(answer)
    change(copy)
    return comeBack(random, login, copy)
  }
  const hurtState = mutateText(login.state, random)
  const hurtCookie = mutateText(login.cookie, random)
  const away: [string, RawRequest, boolean?][] = [
    ['without a state', changed((copy) => copy.delete('state'))],
    ['with two states', changed((copy) => copy.append('state', login.state))],
    ['with another’s state', changed((copy) => copy.set('state', other.state))],
    ['with an empty state', changed((copy) => copy.set('state', ''))],
    [
      `state: ${hurtState.how}`,
      changed((copy) => copy.set('state', hurtState.text)),
      hurtState.text.toWellFormed() === login.state,
    ],
    [
      `cookie: ${hurtCookie.how}`,
      comeBack(random, { ...login, cookie: hurtCookie.text }, answer),
      sameCookie(hurtCookie.text, login.cookie),
    ],
    ['with another’s cookie', comeBack(random, { ...login, cookie: other.cookie }, answer)],
    ['without a cookie', comeBack(random, { ...login, cookie: '' }, answer)],
    [
      'with another’s cookie and state',
      comeBack(random, { ...login, cookie: other.cookie }, swapState(answer, login.state)),
    ],
    [
      'with a cookie of another name',
      { ...comeBack(random, login, answer), headers: [...fromSomewhere(random), 'Cookie', `login=${login.cookie}`] },
    ],
  ]
  const [how, request, same = false] = random.pick(away)
  return { how, request, same }
}

function swapState(answer: URLSearchParams, state: string): URLSearchParams {
  const copy = new URLSearchParams(answer)
  copy.set('state', state)
  return copy
}

/** Sealed parts by their bytes: the last sign of each has idle bits. Quotes and percent codes are the cookie's own. */
function sameCookie(text: string, genuine: string): boolean {
  const [value = ''] = carried(text).split(';')
  const plain = value.trim().replace(/^"(.*)"$/, '$1')
  return [plain, safelyDecoded(plain)].some((each) => bytesOf(each) === bytesOf(genuine))
}

function bytesOf(sealed: string): string {
  const [head, ...parts] = sealed.split('.')
  return [head, ...parts.map((part) => Buffer.from(part, 'base64url').toString('hex'))].join('.')
}

function safelyDecoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
