import type { Random } from '../random.ts'
import type { Verdict } from './court.ts'
import { type Case, type Ground, isOk, nowSeconds, postJson } from './ground.ts'
import { mutatePairs } from './mutate-pairs.ts'
import { mutateText } from './mutate-text.ts'
import { oddValue, staleDate } from './odd-values.ts'
import { genuineUser, type TelegramUser, victimId } from './telegram-people.ts'
import { type Pairs, withHash, wrongHash } from './telegram-signer.ts'

const PATH = '/api/auth/telegram/mini-app'
const MAX_AGE_SECONDS = 3_600

interface Signed {
  user: TelegramUser
  /** Everything but the hash. */
  unsigned: Pairs
  pairs: Pairs
  text: string
}

/** `body` is the request's text. */
interface Mutant {
  how: string
  verdict: Verdict
  body: string
}

type Maker = (signed: Signed, ground: Ground, random: Random) => Mutant

/** Init data of a Mini App: one genuine proof, and what can be made of it. */
export const initDataCase: Case = async (ground, random) => {
  const signed = sign(ground, random)
  const { how, verdict, body } = random.pick(MAKERS)(signed, ground, random)
  const request = postJson(ground, random, PATH, body)
  const person = `telegram ${signed.user.id}`
  await ground.court.judge({ kind: 'init data', how, verdict, request, opens: isOk, person })
}

function sign({ botToken }: Ground, random: Random): Signed {
  const user = genuineUser(random)
  const json = JSON.stringify({ ...user, allows_write_to_pm: random.chance(0.5) })
  const unsigned: Pairs = random.shuffle<Pairs[number]>([
    ['query_id', `AAH${random.int(2 ** 32)}`],
    ['user', random.chance(0.5) ? json.replaceAll('/', '\\/') : json],
    ['auth_date', String(nowSeconds() - random.int(1_800))],
    ...(random.chance(0.5) ? [['start_param', random.pick(['chat', 'a=b', 'id=1', ''])] as const] : []),
    ...(random.chance(0.7) ? [['signature', `c2ln${random.int(2 ** 32)}`] as const] : []),
    ...(random.chance(0.3) ? [['chat_instance', `-${random.int(2 ** 32)}`] as const] : []),
  ])
  const pairs = withHash('initData', unsigned, botToken)
  return { user, unsigned, pairs, text: write(pairs) }
}

function write(pairs: Pairs): string {
  return pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&')
}

function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed())
}

const control: Maker = ({ text }) => ({ how: 'as Telegram wrote it', verdict: 'genuine', body: inBody(text) })

/** Other writings of the same fields, all of which say what Telegram signed. */
const sameOtherwise: Maker = ({ pairs, text }, _, random) => {
  const writings: [string, () => string][] = [
    ['in another order', () => write(random.shuffle(pairs))],
    ['spaces as plus', () => text.replaceAll('%20', '+')],
    ['small percent codes', () => text.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())],
    ['letters encoded', () => text.replace(/[a-z]/g, (sign) => (random.chance(0.2) ? percent(sign) : sign))],
    ['as a form writes it', () => new URLSearchParams(pairs.map(([name, value]) => [name, value])).toString()],
  ]
  const [how, make] = random.pick(writings)
  const again = make()
  if (!saysTheSame(again, pairs)) throw new Error(`${how} changed what was said: ${again}`)
  return { how, verdict: 'genuine', body: inBody(again) }
}

const hurtText: Maker = ({ text, pairs }, _, random) => {
  let [how, hurt] = ['', text]
  for (let times = 1 + random.int(3); times > 0; times -= 1) ({ how, text: hurt } = mutateText(hurt, random))
  return { how, verdict: compare(hurt, pairs), body: inBody(hurt) }
}

const hurtFields: Maker = ({ pairs }, ground, random) => {
  const hurt = mutatePairs(pairs, sign(ground, random).pairs, random)
  const text = write(hurt.pairs)
  return { how: hurt.how, verdict: compare(text, pairs), body: inBody(text) }
}

const wrongKey: Maker = ({ unsigned }, { botToken }, random) => {
  const pairs = random.chance(0.5)
    ? unsigned
    : withUser(unsigned, JSON.stringify({ id: victimId(random), first_name: 'x' }))
  const { how, hash } = wrongHash('initData', pairs, botToken, random)
  return { how: `signed with ${how}`, verdict: 'forged', body: inBody(write([...pairs, ['hash', hash]])) }
}

/** Signed with the right key, and still nobody's proof of now. */
const wrongDate: Maker = ({ unsigned }, { botToken }, random) => {
  const { how, date } = staleDate(nowSeconds(), MAX_AGE_SECONDS, random)
  const dated: Pairs = unsigned.map(([name, value]) => [name, name === 'auth_date' ? date : value])
  const pairs = random.chance(0.1) ? unsigned.filter(([name]) => name !== 'auth_date') : dated
  return { how: `a date ${how}`, verdict: 'forged', body: inBody(write(withHash('initData', pairs, botToken))) }
}

const wrongUser: Maker = ({ unsigned, user }, { botToken }, random) => {
  const id = victimId(random)
  const users = ['', 'null', '[]', '{}', '"a"', String(id), `[{"id":${id}}]`, `{"id":"${id}"}`, `{"id":${id}.5}`]
  const more = [
    '{"id":0}',
    `{"id":-${id}}`,
    '{"id":1e300}',
    `{"id":[${id}]}`,
    '{"id":true}',
    `{"id":${id}`,
    `{"ID":${id}}`,
  ]
  const others = [
    `{"id":${id},"is_bot":true}`,
    '{"id":4503599627370497}',
    `{"user":${JSON.stringify(user)}}`,
    `{"id":null}`,
  ]
  const pairs = withUser(unsigned, random.pick([...users, ...more, ...others]))
  return { how: 'a user that is none', verdict: 'forged', body: inBody(write(withHash('initData', pairs, botToken))) }
}

const wrongBody: Maker = ({ text, pairs }, ground, random) => {
  const odd = oddValue(text, random)
  const quoted = JSON.stringify(text)
  const fake = JSON.stringify(write(mutatePairs(pairs, sign(ground, random).pairs, random).pairs))
  const bodies: [string, string, Verdict][] = [
    [`${odd.how} for init data`, JSON.stringify({ initData: odd.value }), 'forged'],
    ['an unknown field beside', `{"initData":${quoted},"user":{"id":${victimId(random)}}}`, 'forged'],
    ['the name in capitals', `{"INITDATA":${quoted}}`, 'forged'],
    ['the text itself', text, 'forged'],
    ['a JSON text', quoted, 'forged'],
    ['in a list', `[{"initData":${quoted}}]`, 'forged'],
    ['cut off', `{"initData":${quoted}`, 'forged'],
    ['a comma too many', `{"initData":${quoted},}`, 'forged'],
    ['nothing', '', 'forged'],
    ['the prototype', `{"__proto__":{"initData":${quoted}}}`, 'forged'],
    ['twice, the genuine one last', `{"initData":${fake},"initData":${quoted}}`, 'either'],
    ['a mark in front', `\ufeff{"initData":${quoted}}`, 'either'],
    ['far too long', JSON.stringify({ initData: text + '&a='.padEnd(random.int(40_000), 'a') }), 'forged'],
    ['in escapes', `{"initData":"${escapes(text)}"}`, 'genuine'],
  ]
  const [how, body, verdict] = random.pick(bodies)
  return { how, verdict, body }
}

const MAKERS: readonly Maker[] = [
  control,
  sameOtherwise,
  ...[hurtText, hurtText, hurtText, hurtText, hurtText, hurtText],
  ...[hurtFields, hurtFields, hurtFields, hurtFields, hurtFields, hurtFields],
  ...[wrongKey, wrongKey, wrongDate, wrongUser, wrongBody, wrongBody],
]

function compare(text: string, pairs: Pairs): Verdict {
  return saysTheSame(text, pairs) ? 'either' : 'forged'
}

/** Read as browsers read forms, which is more lenient than any check should be. */
function saysTheSame(text: string, pairs: Pairs): boolean {
  const read = [...new URLSearchParams(`&${text}`)]
  const sorted = (all: Pairs) => JSON.stringify(all.map(([name, value]) => [name, value.toWellFormed()]).sort())
  return sorted(read) === sorted(pairs)
}

function inBody(initData: string): string {
  return JSON.stringify({ initData })
}

function withUser(pairs: Pairs, json: string): Pairs {
  return pairs.map(([name, value]) => [name, name === 'user' ? json : value])
}

function percent(sign: string): string {
  return `%${sign.charCodeAt(0).toString(16)}`
}

function escapes(text: string): string {
  return text.replace(/./gs, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
