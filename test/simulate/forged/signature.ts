import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { verifyInitDataSignature } from '../../../src/edges/web/sign-in/init-data-signature.ts'
import type { Random } from '../random.ts'
import type { Verdict } from './court.ts'
import { type Case, nowSeconds } from './ground.ts'
import { mutatePairs } from './mutate-pairs.ts'
import { mutateText } from './mutate-text.ts'
import { staleDate } from './odd-values.ts'
import { genuineUser, victimId } from './telegram-people.ts'
import type { Pairs } from './telegram-signer.ts'

const KIND = 'signature'
const BOT_ID = '7000000123'
const MAX_AGE_SECONDS = 3_600
/** Not signed: whoever replays init data may write anything there. */
const UNSIGNED = new Set(['hash'])

const telegram = generateKeyPairSync('ed25519')
/** Telegram signs with another key in its test environment. */
const testEnvironment = generateKeyPairSync('ed25519')
const publicKeys = [Buffer.from(telegram.publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('hex')]

/** Init data checked by Telegram's Ed25519 signature. Asked of the function, since no real key is ours to sign with. */
export const signatureCase: Case = async ({ court }, random) => {
  const unsigned = fieldsOf(random, JSON.stringify(genuineUser(random)), String(nowSeconds() - random.int(1_800)))
  const { how, verdict, text } = makeTry(unsigned, random)
  const opened = accepts(text)
  court.weigh({ kind: KIND, how, verdict }, opened, text)
}

function accepts(initData: string): boolean {
  try {
    verifyInitDataSignature(initData, { botId: BOT_ID, publicKeys, nowSeconds: nowSeconds() })
    return true
  } catch (error) {
    if (error instanceof Error && 'status' in error && error.status === 401) return false
    throw error
  }
}

function makeTry(unsigned: Pairs, random: Random): { how: string; verdict: Verdict; text: string } {
  const pairs = withSignature(unsigned)
  const share = random.int(20)
  if (share === 0) return { how: 'as Telegram wrote it', verdict: 'genuine', text: write(pairs) }
  if (share === 1) return { how: 'in another order', verdict: 'genuine', text: write(random.shuffle(pairs)) }
  if (share < 8) {
    const { how, text } = mutateText(write(pairs), random)
    return { how, verdict: compare(text, pairs), text }
  }
  if (share < 14) {
    const other = withSignature(fieldsOf(random, JSON.stringify(genuineUser(random)), String(nowSeconds())))
    const { how, pairs: hurt } = mutatePairs(pairs, other, random)
    return { how, verdict: compare(write(hurt), pairs), text: write(hurt) }
  }
  if (share < 16) {
    const { how, date } = staleDate(nowSeconds(), MAX_AGE_SECONDS, random)
    const dated = withSignature(fieldsOf(random, JSON.stringify(genuineUser(random)), date))
    return { how: `a date ${how}`, verdict: 'forged', text: write(dated) }
  }
  return wrongSignature(
    fieldsOf(random, JSON.stringify({ id: victimId(random), first_name: 'x' }), String(nowSeconds())),
    random,
  )
}

function wrongSignature(unsigned: Pairs, random: Random): { how: string; verdict: Verdict; text: string } {
  const { privateKey } = telegram
  const signature = signed(unsigned, privateKey, BOT_ID)
  const signatures: [string, string][] = [
    ['the key of the test environment', signed(unsigned, testEnvironment.privateKey, BOT_ID)],
    ['another bot’s id', signed(unsigned, privateKey, `${BOT_ID}0`)],
    ['no bot’s id', signed(unsigned, privateKey, '')],
    ['the fields alone', encode(sign(null, Buffer.from(checkString(unsigned)), privateKey))],
    ['zeroes', encode(Buffer.alloc(64))],
    ['the neutral point', encode(Buffer.concat([Buffer.from([1]), Buffer.alloc(63)]))],
    ['padding', `${signature}==`],
    ['hex', Buffer.from(signature, 'base64url').toString('hex')],
    ['plain base64', `${Buffer.from(signature, 'base64url').toString('base64')}`],
    ['a sum beyond the order', beyondOrder(signature)],
    ['nothing', ''],
  ]
  const [how, text] = random.pick(signatures)
  return {
    how: `signed with ${how}`,
    verdict: 'forged',
    text: write([...unsigned, ['signature', text], ['hash', '0'.repeat(64)]]),
  }
}

/** S + L is the same number to whoever does not look: RFC 8032 5.1.7 wants it refused. */
function beyondOrder(signature: string): string {
  const bytes = Buffer.from(signature, 'base64url')
  const order = 2n ** 252n + 27742317777372353535851937790883648493n
  const sum = BigInt(`0x${Buffer.from(bytes.subarray(32)).reverse().toString('hex')}`) + order
  const half = Buffer.from(sum.toString(16).padStart(64, '0'), 'hex').reverse()
  return encode(Buffer.concat([bytes.subarray(0, 32), half]))
}

function fieldsOf(random: Random, user: string, date: string): Pairs {
  const start = random.chance(0.5) ? [['start_param', random.pick(['chat', 'a=b'])] as const] : []
  return [['query_id', `AAH${random.int(2 ** 32)}`], ['user', user], ['auth_date', date], ...start]
}

function withSignature(unsigned: Pairs): Pairs {
  return [...unsigned, ['signature', signed(unsigned, telegram.privateKey, BOT_ID)], ['hash', '0'.repeat(64)]]
}

function signed(pairs: Pairs, key: KeyObject, botId: string): string {
  return encode(sign(null, Buffer.from(`${botId}:WebAppData\n${checkString(pairs)}`), key))
}

function checkString(pairs: Pairs): string {
  const sorted = [...pairs].sort(([left], [right]) => (left < right ? -1 : 1))
  return sorted.map(([name, value]) => `${name}=${value}`).join('\n')
}

function encode(bytes: Buffer): string {
  return bytes.toString('base64url')
}

function write(pairs: Pairs): string {
  const encoded = (text: string) => encodeURIComponent(text.toWellFormed())
  return pairs.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&')
}

/** What stands in the unsigned fields is nobody's business; all others must be there once, as they were signed. */
function compare(text: string, pairs: Pairs): Verdict {
  const read = [...new URLSearchParams(`&${text}`)]
  const sorted = (all: Pairs) =>
    JSON.stringify(
      all
        .filter(([name]) => !UNSIGNED.has(name))
        .map(([name, value]) => [name, value.toWellFormed()])
        .sort(),
    )
  return sorted(read) === sorted(pairs) ? 'either' : 'forged'
}
