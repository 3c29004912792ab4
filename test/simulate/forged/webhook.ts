import type { Random } from '../random.ts'
import type { Verdict } from './court.ts'
import { type Case, fromSomewhere, type Ground, isOk, nowSeconds } from './ground.ts'
import { mutateText } from './mutate-text.ts'
import { oddValue } from './odd-values.ts'
import { carried } from './raw-client.ts'
import { victimId } from './telegram-people.ts'

const PATH = '/telegram/webhook'
const HEADER = 'X-Telegram-Bot-Api-Secret-Token'
const UPDATE_IDS = 2 ** 31

interface Mutant {
  how: string
  verdict: Verdict
  headers: string[]
  path?: string
  body?: string
}

type Maker = (ground: Ground, random: Random) => Mutant

/** Updates that only Telegram may send: in front of them stands nothing but a secret in a header. */
export const webhookCase: Case = async (ground, random) => {
  const {
    how,
    verdict,
    headers,
    path = PATH,
    body = writtenBy(victimId(random), random),
  } = random.pick(MAKERS)(ground, random)
  const json = ['Content-Type', 'application/json']
  const request = { method: 'POST', path, headers: [...json, ...fromSomewhere(random), ...headers], body }
  await ground.court.judge({ kind: 'webhook', how, verdict, request, opens: isOk })
}

/** A message in the name of somebody who must never be found in the database. */
function writtenBy(id: number, random: Random): string {
  const from = { id, is_bot: false, first_name: 'x' }
  const message = { message_id: 1, date: nowSeconds(), chat: { id, type: 'private' }, from, text: '/start' }
  const entities = [{ type: 'bot_command', offset: 0, length: 6 }]
  return JSON.stringify({ update_id: random.int(UPDATE_IDS), message: { ...message, entities } })
}

const control: Maker = ({ webhookSecret }, random) => {
  const headers = [random.pick([HEADER, HEADER.toLowerCase(), HEADER.toUpperCase()]), webhookSecret]
  return {
    how: 'as Telegram sends it',
    verdict: 'genuine',
    headers,
    body: JSON.stringify({ update_id: random.int(UPDATE_IDS) }),
  }
}

const hurtSecret: Maker = ({ webhookSecret }, random) => {
  const { how, text } = mutateText(webhookSecret, random)
  const same = carried(text) === webhookSecret
  // The right secret would let the message in: then it is one that does nothing.
  const body = same ? JSON.stringify({ update_id: random.int(UPDATE_IDS) }) : undefined
  return { how: `secret: ${how}`, verdict: same ? 'either' : 'forged', headers: [HEADER, text], ...(body && { body }) }
}

const misplacedSecret: Maker = ({ webhookSecret: secret, botToken }, random) => {
  const ways: [string, string[], string?][] = [
    ['no secret', []],
    ['an empty secret', [HEADER, '']],
    ['the bot’s token', [HEADER, botToken]],
    ['the wrong one before the right one', [HEADER, 'x', HEADER, secret]],
    ['the right one before the wrong one', [HEADER, secret, HEADER, 'x']],
    ['an empty one before the right one', [HEADER, '', HEADER, secret]],
    ['a list', [HEADER, `${secret}, ${secret}`]],
    ['in quotes', [HEADER, `"${secret}"`]],
    ['half of it', [HEADER, secret.slice(0, secret.length / 2)]],
    ['as long, all but its end', [HEADER, `${secret.slice(0, -1)}~`]],
    ['as long, all wrong', [HEADER, '~'.repeat(secret.length)]],
    ['the word undefined', [HEADER, 'undefined']],
    ['under a name with low lines', [HEADER.replaceAll('-', '_'), secret]],
    ['under a shorter name', [HEADER.replace('-Token', ''), secret]],
    ['as a bearer', ['Authorization', `Bearer ${secret}`]],
    ['as a cookie', ['Cookie', `${HEADER}=${secret}`]],
    ['in the address', [], `${PATH}?secret_token=${secret}`],
    ['in the path', [], `${PATH}/${secret}`],
    ['as base64', [HEADER, Buffer.from(secret).toString('base64')]],
  ]
  const [how, headers, path] = random.pick(ways)
  return { how, verdict: 'forged', headers, ...(path && { path }) }
}

/** With the right secret: Telegram's own servers do not send such things, and nothing may break by them. */
const oddUpdate: Maker = ({ webhookSecret }, random) => {
  const update = JSON.parse(writtenBy(0, random))
  const places: [string, Record<string, unknown>][] = [
    ['update', update],
    ['message', update.message],
    ['chat', update.message.chat],
    ['from', update.message.from],
  ]
  const [where, part] = random.pick(places)
  const name = random.pick(Object.keys(part))
  const { how, value } = oddValue(part[name], random)
  part[name] = value
  const whole = JSON.stringify(update)
  const body = random.chance(0.2) ? mutateText(whole, random).text : whole
  return { how: `${how} for ${where}.${name}`, verdict: 'either', headers: [HEADER, webhookSecret], body }
}

const MAKERS: readonly Maker[] = [
  control,
  ...[hurtSecret, hurtSecret, hurtSecret, hurtSecret, hurtSecret, hurtSecret, hurtSecret, hurtSecret],
  ...[misplacedSecret, misplacedSecret, misplacedSecret, misplacedSecret, misplacedSecret, misplacedSecret],
  ...[oddUpdate, oddUpdate],
]
