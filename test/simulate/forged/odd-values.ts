import type { Random } from '../random.ts'

/** What may stand in JSON where a text or a number is meant; `same` is that text, to be wrapped. */
export function oddValue(same: unknown, random: Random): { how: string; value: unknown } {
  const values: [string, unknown][] = [
    ['a number', random.int(1_000_000)],
    ['a fraction', 1.5],
    ['minus zero', -0],
    ['a huge number', 1e308],
    ['a number past 2^53', 2 ** 53 + 2],
    ['true', true],
    ['false', false],
    ['null', null],
    ['a list', [same]],
    ['two in a list', [same, same]],
    ['an empty list', []],
    ['an object', { value: same }],
    ['an object that would read as text', { toString: same, length: 64 }],
    ['an empty object', {}],
    ['an empty text', ''],
    ['a text of a number', String(random.int(1_000_000))],
    ['a text of null', 'null'],
    ['a text of undefined', 'undefined'],
  ]
  const [how, value] = random.pick(values)
  return { how, value }
}

/** Dates that are none, or not of now; each may be signed with the right key and is worth nothing. */
export function staleDate(nowSeconds: number, maxAgeSeconds: number, random: Random): { how: string; date: string } {
  const past = nowSeconds - maxAgeSeconds - 60 - random.int(100_000)
  const future = nowSeconds + 180 + random.int(100_000)
  const dates: [string, string][] = [
    ['too old', String(past)],
    ['two hours old', String(nowSeconds - 7_200)],
    ['of the future', String(future)],
    ['in milliseconds', `${nowSeconds}000`],
    ['negative', `-${nowSeconds}`],
    ['zero', '0'],
    ['a fraction', `${nowSeconds}.5`],
    ['a whole fraction', `${nowSeconds}.0`],
    ['with an exponent', `${nowSeconds}e0`],
    ['with an exponent and a dot', `${nowSeconds / 1e9}e9`],
    ['hexadecimal', `0x${nowSeconds.toString(16)}`],
    ['with a zero in front', `0${nowSeconds}`],
    ['with a plus', `+${nowSeconds}`],
    ['with a space in front', ` ${nowSeconds}`],
    ['with a space behind', `${nowSeconds} `],
    ['with letters behind', `${nowSeconds}abc`],
    ['with other digits', String(nowSeconds).replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit)))],
    ['as a date', new Date(nowSeconds * 1_000).toISOString()],
    ['NaN', 'NaN'],
    ['infinite', 'Infinity'],
    ['far too long', '9'.repeat(40)],
    ['empty', ''],
  ]
  const [how, date] = random.pick(dates)
  return { how, date }
}
