import type { Random } from '../random.ts'
import type { Verdict } from './court.ts'
import { type Case, fromSomewhere, type Ground, isOk, nowSeconds, postJson } from './ground.ts'
import {
  addLogin,
  type LinkSetting,
  messageFrom,
  newTelegramPerson,
  newWebUser,
  orderLink,
  tellBot,
} from './link-setting.ts'
import { mutatePairs } from './mutate-pairs.ts'
import type { RawAnswer } from './raw-client.ts'
import { type Pairs, withHash, wrongHash } from './telegram-signer.ts'

const KIND = 'link code'
const UNDO = 'undo proof'
/** The third wrong code ends the link. */
const WRONG_MAX = 2

/**
 * A web user with something to lose confirms a link: nothing joins the two but the page's digits, typed by the person
 * whom the link was made for, in the bot's own chat. Taking it back needs a proof of that person again.
 */
export function linkCodeCase(setting: LinkSetting): Case {
  return async (ground, random) => {
    const id = newTelegramPerson(ground)
    const round = await beginRound(ground, random, setting, id)
    if (!round) return
    const { code, cookie } = round
    const spoil = random.chance(0.2)
    for (let wrong = spoil ? WRONG_MAX + 1 : random.int(WRONG_MAX + 1); wrong > 0; wrong -= 1) {
      await say(ground, random, cookie, {
        how: 'other digits',
        verdict: 'forged',
        update: messageFrom(id, otherCode(code, random)),
      })
    }
    await say(ground, random, cookie, strayCode(ground, id, code, random))
    if (spoil) {
      const late: Said = { how: 'the right digits, too late', verdict: 'forged', update: messageFrom(id, code) }
      return void (await say(ground, random, cookie, late))
    }
    const right: Said = { how: 'the right digits', verdict: 'genuine', update: messageFrom(id, code) }
    await takeBack(ground, random, await say(ground, random, cookie, right), id)
  }
}

async function beginRound(
  ground: Ground,
  random: Random,
  setting: LinkSetting,
  id: number,
): Promise<{ code: string; cookie: string } | null> {
  const user = await newWebUser(ground, random)
  if (!user) return null
  const cookie = await addLogin(ground, random, setting, user.cookie)
  const token = await orderLink(ground, random, setting, id)
  const request = postJson(ground, random, '/api/link/confirm', JSON.stringify({ token }), [
    'Cookie',
    `vitte=${cookie}`,
  ])
  const { text } = await ground.court.step(KIND, request, 200)
  const code = /"code":"(\d+)"/.exec(text)?.[1]
  if (code === undefined) ground.court.find(`${KIND}: a web user with two logins was asked for no code: ${text}`)
  return code === undefined ? null : { code, cookie }
}

interface Said {
  how: string
  verdict: Verdict
  update: Record<string, unknown>
}

/** The bot's answer tells nothing; whether it joined the two is seen on the page, whose session may have a new cookie. */
async function say(ground: Ground, random: Random, cookie: string, { how, verdict, update }: Said): Promise<string> {
  await tellBot(ground, random, update)
  const headers = [...fromSomewhere(random), 'Cookie', `vitte=${cookie}`]
  const request = { method: 'GET', path: '/api/me', headers }
  const answer = await ground.court.judge({ kind: KIND, how, verdict, request, opens: isJoined })
  if (answer.status !== 200) ground.court.find(`${KIND}: ${how} cost the page its session: ${answer.text}`)
  return answer.cookies.get('vitte') || cookie
}

function isJoined({ status, text }: RawAnswer): boolean {
  return status === 200 && /"identities":\[[^\]]*"channel":"telegram"/.test(text)
}

/** The right digits in the wrong mouth, or what only resembles them; none of it costs a try. */
function strayCode({ sandbox }: Ground, id: number, code: string, random: Random): Said {
  const [other] = sandbox.telegram.people()
  const { message } = messageFrom(id, code)
  const group = { id: -100_123, type: 'supergroup', title: 'x' }
  const from = { id, is_bot: false, first_name: 'A' }
  const wide = code.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit)))
  const ways: [string, Record<string, unknown>][] = [
    ['from another chat', messageFrom(other?.id ?? 1, code)],
    ['from a group', { message: { ...message, chat: group } }],
    ['in a channel', { channel_post: { ...message, chat: { ...group, type: 'channel' } } }],
    ['as an edited message', { edited_message: message }],
    ['as a button', { callback_query: { id: '1', from, message, data: code, chat_instance: '1' } }],
    ['in the name of a channel', { message: { ...message, sender_chat: group } }],
    ['by a bot', { message: { ...message, from: { ...from, is_bot: true } } }],
    ['as a caption', { message: { ...message, text: undefined, caption: code, photo: [] } }],
    ['as a command', messageFrom(id, `/${code}`)],
    ['after /start', messageFrom(id, `/start ${code}`)],
    ['in wide digits', messageFrom(id, wide)],
    ['with a word', messageFrom(id, `code ${code}`)],
    ['twice', messageFrom(id, `${code}${code}`)],
    ['cut short', messageFrom(id, code.slice(1))],
    ['with a dot', messageFrom(id, `${code}.0`)],
  ]
  const [how, update] = random.pick(ways)
  return { how: `the right digits ${how}`, verdict: 'forged', update }
}

function otherCode(code: string, random: Random): string {
  return String((Number(code) + 1 + random.int(999_998)) % 1_000_000).padStart(code.length, '0')
}

/** The web login was proven in this session; of the Telegram one only its own fresh proof counts. */
async function takeBack(ground: Ground, random: Random, cookie: string, id: number): Promise<void> {
  const mine = fieldsOf(id, random)
  const signed = withHash('widget', mine, ground.botToken)
  const others = withHash('widget', fieldsOf(newTelegramPerson(ground), random), ground.botToken)
  const { how, pairs } = mutatePairs(signed, others, random)
  const wrong = wrongHash('widget', mine, ground.botToken, random)
  const tries: [string, Verdict, unknown][] = [
    ['no proof', 'forged', {}],
    ['somebody else’s genuine proof', 'forged', { telegramProof: Object.fromEntries(others) }],
    [`signed with ${wrong.how}`, 'forged', { telegramProof: Object.fromEntries([...mine, ['hash', wrong.hash]]) }],
    [how, isSame(pairs, signed) ? 'either' : 'forged', { telegramProof: Object.fromEntries(pairs) }],
    ['a genuine proof', 'genuine', { telegramProof: Object.fromEntries(signed) }],
  ]
  let session = cookie
  for (const [way, verdict, body] of tries) {
    const request = postJson(ground, random, '/api/link/undo', JSON.stringify(body), ['Cookie', `vitte=${session}`])
    const answer = await ground.court.judge({ kind: UNDO, how: way, verdict, request, opens: isOk })
    session = answer.cookies.get('vitte') || session
    if (verdict === 'either' && isOk(answer)) return
  }
}

function fieldsOf(id: number, random: Random): Pairs {
  const unique = ['photo_url', String(random.int(2 ** 32))] as const
  return [['id', String(id)], ['first_name', 'A=B'], unique, ['auth_date', String(nowSeconds())]]
}

/** As JSON is read: of a repeated name the last, and nothing under `__proto__`. */
function isSame(pairs: Pairs, signed: Pairs): boolean {
  const read = (all: Pairs) => Object.entries(Object.fromEntries(all)).filter(([name]) => name !== '__proto__')
  const sorted = (all: Pairs) => JSON.stringify(read(all).sort())
  return sorted(pairs) === sorted(signed)
}
