import type { Random } from '../random.ts'
import type { Verdict } from './court.ts'
import { type Case, fromSomewhere, type Ground, isOk, nowSeconds, postJson } from './ground.ts'
import { mutatePairs } from './mutate-pairs.ts'
import { mutateText } from './mutate-text.ts'
import { oddValue, staleDate } from './odd-values.ts'
import { genuineUser, victimId } from './telegram-people.ts'
import { type Pairs, withHash, wrongHash } from './telegram-signer.ts'

const PATH = '/api/auth/telegram/widget'
const MAX_AGE_SECONDS = 300
/** The page may hand these on as numbers. */
const NUMBERS = new Set(['id', 'auth_date'])

interface Signed {
  id: number
  unsigned: Pairs
  pairs: Pairs
}

interface Mutant {
  how: string
  verdict: Verdict
  body: string
  headers?: string[]
  /** It is another person's proof. */
  another?: boolean
}

type Maker = (signed: Signed, ground: Ground, random: Random) => Mutant

/** What the Login Widget hands to the page: one genuine proof, and what can be made of it. */
export const widgetCase: Case = async (ground, random) => {
  const signed = sign(ground, random)
  const { how, verdict, body, headers, another } = random.pick(MAKERS)(signed, ground, random)
  const usual = postJson(ground, random, PATH, body)
  const request = headers ? { ...usual, headers: [...fromSomewhere(random), ...headers] } : usual
  const person = another ? {} : { person: `telegram ${signed.id}` }
  await ground.court.judge({ kind: 'widget', how, verdict, request, opens: isOk, ...person })
}

function sign({ botToken }: Ground, random: Random): Signed {
  const { id, first_name, last_name, username } = genuineUser(random)
  const unsigned: Pairs = [
    ['id', String(id)],
    ['first_name', first_name],
    ...(last_name ? [['last_name', last_name] as const] : []),
    ...(username ? [['username', username] as const] : []),
    ['photo_url', `https://t.me/i/userpic/320/${random.int(2 ** 32)}.jpg?a=b`],
    ['auth_date', String(nowSeconds() - random.int(200))],
  ]
  return { id, unsigned, pairs: withHash('widget', unsigned, botToken) }
}

/** Written by hand, so that a name may stand there twice. */
function write(pairs: Pairs, numbers = true): string {
  const fields = pairs.map(([name, value]) => {
    const bare = numbers && NUMBERS.has(name) && /^[1-9]\d{0,15}$/.test(value)
    return `${JSON.stringify(name)}:${bare ? value : JSON.stringify(value)}`
  })
  return `{${fields.join(',')}}`
}

const control: Maker = ({ pairs }, _, random) => {
  return { how: 'as the widget wrote it', verdict: 'genuine', body: write(pairs, random.chance(0.5)) }
}

const sameOtherwise: Maker = ({ pairs }, _, random) => {
  const text = write(random.shuffle(pairs), random.chance(0.5))
  const writings: [string, string][] = [
    ['in another order', text],
    ['with spaces around', ` \n${text.replaceAll('":', '" :\t')} `],
    ['as an object', JSON.stringify(Object.fromEntries(pairs))],
  ]
  const [how, body] = random.pick(writings)
  // A name may hold what looks like a border; then spaces would change it.
  if (!saysTheSame(body, pairs)) return { how: 'in another order', verdict: 'genuine', body: text }
  return { how, verdict: 'genuine', body }
}

const hurtText: Maker = ({ pairs }, _, random) => {
  const { how, text } = mutateText(write(pairs), random)
  return { how: `${how} in the body`, verdict: compare(text, pairs), body: text }
}

const hurtFields: Maker = ({ pairs }, ground, random) => {
  const other = sign(ground, random).pairs
  const { how, pairs: hurt } = mutatePairs(pairs, other, random)
  const body = write(hurt, random.chance(0.5))
  // Of two whole proofs in one body the last one counts, and is somebody's genuine one.
  if (saysTheSame(body, other)) return { how, verdict: 'either', body, another: true }
  return { how, verdict: compare(body, pairs), body }
}

const wrongType: Maker = ({ pairs }, _, random) => {
  const fields: Record<string, unknown> = Object.fromEntries(pairs)
  const [name] = random.pick(pairs)
  const { how, value } = oddValue(fields[name], random)
  const body = JSON.stringify({ ...fields, [name]: value })
  return { how: `${how} for ${name}`, verdict: compare(body, pairs), body }
}

const wrongKey: Maker = ({ unsigned }, { botToken }, random) => {
  const id = String(victimId(random))
  const pairs: Pairs = unsigned.map(([name, value]) => [name, name === 'id' && random.chance(0.7) ? id : value])
  const { how, hash } = wrongHash('widget', pairs, botToken, random)
  return { how: `signed with ${how}`, verdict: 'forged', body: write([...pairs, ['hash', hash]]) }
}

const wrongDate: Maker = ({ unsigned }, { botToken }, random) => {
  const { how, date } = staleDate(nowSeconds(), MAX_AGE_SECONDS, random)
  const dated: Pairs = unsigned.map(([name, value]) => [name, name === 'auth_date' ? date : value])
  const pairs = random.chance(0.1) ? unsigned.filter(([name]) => name !== 'auth_date') : dated
  const body = write(withHash('widget', pairs, botToken), random.chance(0.5))
  return { how: `a date ${how}`, verdict: 'forged', body }
}

/** Signed with the right key: Telegram never would, but what reads ids must not round, trim or guess. */
const wrongId: Maker = ({ unsigned }, { botToken }, random) => {
  const id = victimId(random)
  const ids = [
    '',
    '0',
    `-${id}`,
    `${id}.5`,
    `${id}.0`,
    `${id}e0`,
    `0${id}`,
    `+${id}`,
    ` ${id}`,
    `${id} `,
    `0x${id.toString(16)}`,
  ]
  const more = [
    `${id}abc`,
    `${id},1`,
    `[${id}]`,
    'NaN',
    'null',
    'true',
    '4503599627370497',
    '9'.repeat(40),
    `${id}\u0000`,
    '１２３',
  ]
  const pairs: Pairs = unsigned.map(([name, value]) => [name, name === 'id' ? random.pick([...ids, ...more]) : value])
  return { how: 'an id that is none', verdict: 'forged', body: write(withHash('widget', pairs, botToken), false) }
}

/** The genuine proof, sent as another site, or another program, could make a browser send it. */
const wrongWay: Maker = ({ pairs }, { url }, random) => {
  const body = write(pairs)
  const json = ['Content-Type', 'application/json']
  const origin = new URL(url).origin
  const form = new URLSearchParams(pairs.map(([name, value]) => [name, value.toWellFormed()])).toString()
  const ways: [string, string, string[]][] = [
    ['from another site', body, [...json, 'Origin', 'https://evil.example']],
    ['from a page without an origin', body, [...json, 'Origin', 'null']],
    ['from a site whose name begins like ours', body, [...json, 'Origin', `${origin}.evil.example`]],
    ['from a site whose name ends like ours', body, [...json, 'Origin', origin.replace('//', '//evil.')]],
    ['as plain text, as forms can', body, ['Content-Type', 'text/plain', 'Origin', origin]],
    ['as plain text that names JSON', body, ['Content-Type', 'text/plain; application/json', 'Origin', origin]],
    ['as a form', form, ['Content-Type', 'application/x-www-form-urlencoded', 'Origin', origin]],
    ['without a type', body, ['Origin', origin]],
    ['said to be compressed', body, [...json, 'Content-Encoding', 'gzip', 'Origin', origin]],
    ['in a list', `[${body}]`, [...json, 'Origin', origin]],
    ['in a field', `{"widget":${body}}`, [...json, 'Origin', origin]],
    ['in the prototype', `{"__proto__":${body}}`, [...json, 'Origin', origin]],
  ]
  const [how, sent, headers] = random.pick(ways)
  return { how, verdict: 'forged', body: sent, headers }
}

const MAKERS: readonly Maker[] = [
  control,
  sameOtherwise,
  ...[hurtText, hurtText, hurtText, hurtText],
  ...[hurtFields, hurtFields, hurtFields, hurtFields, hurtFields, hurtFields],
  ...[wrongType, wrongType, wrongKey, wrongKey, wrongDate, wrongId, wrongWay],
]

function compare(body: string, pairs: Pairs): Verdict {
  return saysTheSame(body, pairs) ? 'either' : 'forged'
}

/**
 * As JSON is read, of a name that stands there twice the last. Numbers count as the digits that they are, and a field
 * `__proto__` does not count: readers of JSON leave it out before anybody sees it.
 */
function saysTheSame(body: string, pairs: Pairs): boolean {
  let fields: unknown
  try {
    fields = JSON.parse(body.replace(/^\ufeff/, ''))
  } catch {
    return false
  }
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) return false
  const read = Object.entries(fields).filter(([name]) => name !== '__proto__')
  const plain = read.every(([, value]) => typeof value === 'string' || typeof value === 'number')
  const sorted = (all: Pairs) => JSON.stringify(all.map(([name, value]) => [name, value.toWellFormed()]).sort())
  return plain && sorted(read.map(([name, value]) => [name, String(value)])) === sorted(pairs)
}
