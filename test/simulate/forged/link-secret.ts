import { createHash } from 'node:crypto'
import type { Random } from '../random.ts'
import type { Verdict } from './court.ts'
import { type Case, type Ground, isOk, postJson } from './ground.ts'
import { type LinkSetting, newTelegramPerson, newWebUser, orderLink } from './link-setting.ts'
import { mutateText } from './mutate-text.ts'
import { oddValue } from './odd-values.ts'

const KIND = 'link secret'
const LINKS = 8
/** One user may confirm 30 times in ten minutes. */
const ASKS_EACH = 25
const PREVIEW = '/api/link/preview'
const CONFIRM = '/api/link/confirm'

/** Secrets of links, made up or hurt; looking at a genuine one changes nothing, so it serves many times. */
export async function linkSecretCase(ground: Ground, random: Random, setting: LinkSetting): Promise<Case> {
  const [open, superseded]: [string[], string[]] = [[], []]
  for (let made = 0; made < LINKS; made += 1) {
    const id = newTelegramPerson(ground)
    superseded.push(await orderLink(ground, random, setting, id))
    open.push(await orderLink(ground, random, setting, id))
  }
  const nextVisitor = takeTurns(ground)
  return async (_, chance) => {
    const { how, verdict, body, headers } = makeTry(chance.pick(open), chance.pick(superseded), chance)
    const path = verdict === 'forged' && chance.chance(0.5) ? CONFIRM : PREVIEW
    const signedIn = headers ?? ['Cookie', `vitte=${await nextVisitor(chance)}`]
    const request = postJson(ground, chance, path, body, signedIn)
    await ground.court.judge({ kind: KIND, how, verdict, request, opens: isOk })
  }
}

/** A web user who has not asked often enough to be told to wait; somebody new after that. */
function takeTurns(ground: Ground): (random: Random) => Promise<string> {
  let visitor: ReturnType<typeof newWebUser> | undefined
  let asked = 0
  return async (random) => {
    if (asked % ASKS_EACH === 0) visitor = newWebUser(ground, random.fork(0))
    asked += 1
    return (await visitor)?.cookie ?? ''
  }
}

interface Try {
  how: string
  verdict: Verdict
  body: string
  headers?: string[]
}

function makeTry(secret: string, old: string, random: Random): Try {
  const share = random.int(20)
  if (share === 0) return { how: 'the link of the bot', verdict: 'genuine', body: write(secret) }
  if (share === 1) return { how: 'without a session', verdict: 'forged', body: write(secret), headers: [] }
  if (share < 10) {
    const { how, text } = mutateText(secret, random)
    return { how, verdict: text === secret ? 'either' : 'forged', body: write(text) }
  }
  if (share < 13) {
    const { how, value } = oddValue(secret, random)
    return { how, verdict: 'forged', body: JSON.stringify({ token: value }) }
  }
  const hash = createHash('sha256').update(secret)
  const made: [string, string][] = [
    ['a superseded link', old],
    [
      'a random secret',
      createHash('sha256')
        .update(String(random.int(2 ** 32)))
        .digest('base64url'),
    ],
    ['its hash', hash.copy().digest('base64url')],
    ['its hash in hex', hash.copy().digest('hex')],
    ['its bytes in hex', Buffer.from(secret, 'base64url').toString('hex')],
    ['its bytes in base64', `${Buffer.from(secret, 'base64url').toString('base64')}`],
    ['with idle bits set', secret.slice(0, -1) + String.fromCharCode(secret.charCodeAt(secret.length - 1) + 1)],
    ['in an address', `https://example.org/link#${secret}`],
    ['with its sign', `#${secret}`],
    ['halves of two', secret.slice(0, 21) + old.slice(21)],
  ]
  const [how, text] = random.pick(made)
  return { how, verdict: 'forged', body: write(text) }
}

function write(token: string): string {
  return JSON.stringify({ token })
}
