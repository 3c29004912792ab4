import type { Random } from '../random.ts'
import { type Ground, nowSeconds, postJson } from './ground.ts'
import type { RawAnswer } from './raw-client.ts'
import type { Sessions, Token } from './session.ts'
import { genuineUser } from './telegram-people.ts'
import { type Pairs, withHash } from './telegram-signer.ts'

const KIND = 'session'
const EACH = 12
const ENDED_EACH = 4

/** Sessions of every sort, some of them signed out again. */
export async function signInSome(ground: Ground, random: Random): Promise<Sessions> {
  const tokens: Token[] = []
  for (let made = 0; made < EACH; made += 1)
    tokens.push(await byWidget(ground, random), await byInitData(ground, random))
  const ended = tokens.splice(0, 2 * ENDED_EACH)
  for (const token of ended) await signOut(ground, random, token)
  return { living: tokens, ended }
}

/** A browser's session, by the widget. */
export async function byWidget(ground: Ground, random: Random, id = genuineUser(random).id): Promise<Token> {
  const fields: Pairs = [
    ['id', String(id)],
    ['first_name', 'A'],
    ['photo_url', String(random.int(2 ** 32))],
    ['auth_date', String(nowSeconds())],
  ]
  const body = JSON.stringify(Object.fromEntries(withHash('widget', fields, ground.botToken)))
  const answer = await ground.court.step(KIND, postJson(ground, random, '/api/auth/telegram/widget', body), 200)
  return { token: sessionIn(answer), as: 'cookie' }
}

async function byInitData(ground: Ground, random: Random): Promise<Token> {
  const fields: Pairs = [
    ['user', JSON.stringify({ id: genuineUser(random).id, first_name: 'A' })],
    ['query_id', String(random.int(2 ** 32))],
    ['auth_date', String(nowSeconds())],
  ]
  const pairs = withHash('initData', fields, ground.botToken).map(([name, value]) => [name, value])
  const body = JSON.stringify({ initData: new URLSearchParams(pairs).toString() })
  const answer = await ground.court.step(KIND, postJson(ground, random, '/api/auth/telegram/mini-app', body), 200)
  return { token: JSON.parse(answer.text).token, as: 'bearer' }
}

/** The session that an answer gives to a browser. */
export function sessionIn({ cookies }: RawAnswer): string {
  return cookies.get('vitte') ?? ''
}

async function signOut(ground: Ground, random: Random, { token, as }: Token): Promise<void> {
  const proof = as === 'cookie' ? ['Cookie', `vitte=${token}`] : ['Authorization', `Bearer ${token}`]
  await ground.court.step(KIND, postJson(ground, random, '/api/auth/sign-out', '', proof), 204)
}
