import type { Random } from '../random.ts'
import { mutateText } from './mutate-text.ts'
import { victimId } from './telegram-people.ts'
import type { Pairs } from './telegram-signer.ts'

const EXTRA_NAMES = ['start_param', 'signature', 'chat', 'receiver', 'photo_url', 'hash', 'user', 'id', 'auth_date']
const ODD_NAMES = [
  '__proto__',
  'constructor',
  'toString',
  'HASH',
  'Hash',
  'hash ',
  'id\u0000',
  'аuth_date',
  '',
  ' ',
  'user[id]',
  'a=b',
  'a\nb',
]

type PairsMutation = { how: string; make(pairs: Pairs, other: Pairs, random: Random): Pairs }

/**
 * What can be done to signed fields as such. `other` is somebody else's genuine proof. A result may say the same as
 * before: whoever uses it must look.
 */
const PAIRS_MUTATIONS: readonly PairsMutation[] = [
  {
    how: 'a value hurt',
    make: (pairs, _, random) => changeOne(pairs, random, ([name, value]) => [name, hurt(value, random)]),
  },
  { how: 'the hash hurt', make: (pairs, _, random) => changeNamed(pairs, 'hash', (value) => hurt(value, random)) },
  {
    how: 'a name hurt',
    make: (pairs, _, random) => changeOne(pairs, random, ([name, value]) => [hurt(name, random), value]),
  },
  { how: 'a field less', make: (pairs, _, random) => without(pairs, random.int(pairs.length)) },
  { how: 'a field twice', make: (pairs, _, random) => insert(pairs, random, random.pick(pairs)) },
  {
    how: 'a field twice, then hurt',
    make: (pairs, _, random) => insert(pairs, random, hurtPair(random.pick(pairs), random)),
  },
  {
    how: 'a field more',
    make: (pairs, _, random) => insert(pairs, random, [random.pick(EXTRA_NAMES), anyValue(random)]),
  },
  {
    how: 'an odd field more',
    make: (pairs, _, random) => insert(pairs, random, [random.pick(ODD_NAMES), anyValue(random)]),
  },
  { how: 'an odd field more, empty', make: (pairs, _, random) => insert(pairs, random, [random.pick(ODD_NAMES), '']) },
  { how: 'two values swapped', make: swapValues },
  { how: 'two names swapped', make: swapNames },
  { how: 'another’s hash', make: (pairs, other) => changeNamed(pairs, 'hash', () => valueNamed(other, 'hash')) },
  { how: 'another’s value', make: borrowValue },
  { how: 'another person’s id', make: (pairs, _, random) => pairs.map((pair) => withVictim(pair, random)) },
  { how: 'another’s fields behind', make: (pairs, other) => [...pairs, ...other] },
  { how: 'another’s fields in front', make: (pairs, other) => [...other, ...pairs] },
  { how: 'a border moved into the name', make: moveBorder },
  { how: 'two fields in one', make: joinLines },
  { how: 'no fields', make: () => [] },
  { how: 'the hash alone', make: (pairs) => pairs.filter(([name]) => name === 'hash') },
  { how: 'a fresher date', make: (pairs) => changeNamed(pairs, 'auth_date', (value) => String(Number(value) + 1)) },
]

export function mutatePairs(pairs: Pairs, other: Pairs, random: Random): { how: string; pairs: Pairs } {
  const { how, make } = random.pick(PAIRS_MUTATIONS)
  return { how, pairs: make(pairs, other, random) }
}

function hurt(text: string, random: Random): string {
  return mutateText(text, random).text
}

function hurtPair([name, value]: Pairs[number], random: Random): Pairs[number] {
  return [name, hurt(value, random)]
}

function anyValue(random: Random): string {
  return random.pick(['', '1', 'x', '0', '{}', String(victimId(random)), JSON.stringify({ id: victimId(random) })])
}

function changeOne(pairs: Pairs, random: Random, change: (pair: Pairs[number]) => Pairs[number]): Pairs {
  const at = random.int(pairs.length)
  return pairs.map((pair, index) => (index === at ? change(pair) : pair))
}

function changeNamed(pairs: Pairs, wanted: string, change: (value: string) => string): Pairs {
  return pairs.map(([name, value]) => [name, name === wanted ? change(value) : value])
}

function without(pairs: Pairs, at: number): Pairs {
  return pairs.filter((_, index) => index !== at)
}

function insert(pairs: Pairs, random: Random, pair: Pairs[number]): Pairs {
  return pairs.toSpliced(random.int(pairs.length + 1), 0, pair)
}

function valueNamed(pairs: Pairs, wanted: string): string {
  return pairs.find(([name]) => name === wanted)?.[1] ?? ''
}

function swapValues(pairs: Pairs, _: Pairs, random: Random): Pairs {
  const [one, two] = [random.int(pairs.length), random.int(pairs.length)]
  return pairs.map(([name, value], at) => [
    name,
    (at === one ? pairs[two] : at === two ? pairs[one] : [name, value])?.[1] ?? '',
  ])
}

function swapNames(pairs: Pairs, _: Pairs, random: Random): Pairs {
  const [one, two] = [random.int(pairs.length), random.int(pairs.length)]
  return pairs.map(([name, value], at) => [
    (at === one ? pairs[two] : at === two ? pairs[one] : [name, value])?.[0] ?? '',
    value,
  ])
}

function borrowValue(pairs: Pairs, other: Pairs, random: Random): Pairs {
  const [wanted] = random.pick(pairs)
  return changeNamed(pairs, wanted, () => valueNamed(other, wanted))
}

/** The person, wherever they are named: `id` of the widget, `user` of init data. */
function withVictim([name, value]: Pairs[number], random: Random): Pairs[number] {
  if (name === 'id') return [name, String(victimId(random))]
  return [name, name === 'user' ? value.replace(/"id":\d+/, `"id":${victimId(random)}`) : value]
}

/** `a` = `b=c` and `a=b` = `c` are one line of what is signed. */
function moveBorder(pairs: Pairs, _: Pairs, random: Random): Pairs {
  const places = pairs.flatMap(([, value], at) => (value.includes('=') ? [at] : []))
  if (places.length === 0) return without(pairs, 0)
  const chosen = random.pick(places)
  return pairs.map(([name, value], at) => {
    if (at !== chosen) return [name, value]
    const border = value.indexOf('=')
    return [`${name}=${value.slice(0, border)}`, value.slice(border + 1)]
  })
}

/** A line break in a value makes two lines of one field. */
function joinLines(pairs: Pairs, _: Pairs, random: Random): Pairs {
  const signed = pairs.filter(([name]) => name !== 'hash').toSorted(([left], [right]) => (left < right ? -1 : 1))
  if (signed.length < 2) return pairs.slice(1)
  const at = random.int(signed.length - 1)
  const [name = '', value = ''] = signed[at] ?? []
  const [next = '', nextValue = ''] = signed[at + 1] ?? []
  const joined: Pairs[number] = [name, `${value}\n${next}=${nextValue}`]
  return [...signed.toSpliced(at, 2, joined), ...pairs.filter((pair) => pair[0] === 'hash')]
}
