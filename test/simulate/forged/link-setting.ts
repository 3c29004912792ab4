import type { Kysely } from 'kysely'
import { linkSecret } from '#domain/linking'
import type { Database } from '#platform/postgres'
import type { Vault } from '#platform/vault'
import type { Random } from '../random.ts'
import type { ForgingIssuer } from './forging-issuer.ts'
import { fromSomewhere, type Ground, nowSeconds, postJson } from './ground.ts'
import { genuineIdToken } from './id-token.ts'
import { comeBack, leave } from './left-login.ts'
import { mailedCode, VERIFY_PATH } from './mail-code.ts'
import { sessionIn } from './sign-in-some.ts'

const KIND = 'link'
/** Far above what the sandbox counts, so that no update of ours is taken for one of its own. */
const UPDATE_ID_FIRST = 2 ** 45

let updates = 0

/** What links need beside HTTP: a look at the table of links, and the key their secrets are made with. */
export interface LinkSetting {
  db: Kysely<Database>
  vault: Vault
  issuer: ForgingIssuer
}

/** Somebody on the website, signed in by mail just now. Null when no mail came. */
export async function newWebUser(ground: Ground, random: Random): Promise<{ cookie: string; email: string } | null> {
  const email = `w${random.int(2 ** 31)}-${random.int(2 ** 31)}@example.org`
  const code = await mailedCode(ground, random, email)
  if (code === null) return null
  const request = postJson(ground, random, VERIFY_PATH, JSON.stringify({ email, code }))
  return { cookie: sessionIn(await ground.court.step(KIND, request, 200)), email }
}

/** A second login makes a web user worth a code. Returns the cookie of the session that goes on. */
export async function addLogin(
  ground: Ground,
  random: Random,
  { issuer }: LinkSetting,
  cookie: string,
): Promise<string> {
  const login = await leave(ground, random, { kind: KIND, path: '/auth/forge', status: 302, session: cookie })
  const person = { sub: `login-${random.int(2 ** 31)}-${random.int(2 ** 31)}` }
  const token = genuineIdToken({ issuer, nonce: login.nonce, person, victim: {} })
  const answer = new URLSearchParams({ code: issuer.grant(login.challenge, token), state: login.state })
  const request = comeBack(random, login, answer)
  return sessionIn(await ground.court.step(KIND, request, 302))
}

/** Somebody on Telegram whom the bot has not met, by their number. */
export function newTelegramPerson({ sandbox }: Ground): number {
  return sandbox.telegram.addPerson({ firstName: 'A', languageCode: 'ru' }).id
}

/** Lets the bot make a link for this chat; returns its secret. */
export async function orderLink(
  ground: Ground,
  random: Random,
  { db, vault }: LinkSetting,
  id: number,
): Promise<string> {
  await tellBot(ground, random, messageFrom(id, '/link'))
  const { id: linkId } = await db
    .selectFrom('link_tokens')
    .innerJoin('identities', 'identities.user_id', 'link_tokens.telegram_user_id')
    .where('provider', '=', 'telegram')
    .where('external_id', '=', String(id))
    .orderBy('link_tokens.created_at', 'desc')
    .select('link_tokens.id')
    .executeTakeFirstOrThrow()
  return linkSecret(vault, linkId)
}

/** An update as Telegram sends it; taken for good when this returns. */
export async function tellBot(ground: Ground, random: Random, update: Record<string, unknown>): Promise<void> {
  updates += 1
  const body = JSON.stringify({ update_id: UPDATE_ID_FIRST + updates, ...update })
  const secret = ['X-Telegram-Bot-Api-Secret-Token', ground.webhookSecret]
  const headers = ['Content-Type', 'application/json', ...fromSomewhere(random), ...secret]
  await ground.court.step(KIND, { method: 'POST', path: '/telegram/webhook', headers, body }, 200)
}

export function messageFrom(id: number, text: string): { message: Record<string, unknown> } {
  const [command = ''] = text.split(' ')
  const entities = text.startsWith('/') ? [{ type: 'bot_command', offset: 0, length: command.length }] : []
  const [chat, from] = [
    { id, type: 'private' },
    { id, is_bot: false, first_name: 'A', language_code: 'ru' },
  ]
  return { message: { message_id: updates + 1, date: nowSeconds(), chat, from, text, entities } }
}
