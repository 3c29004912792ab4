import assert from 'node:assert/strict'
import { sql } from 'kysely'
import type { LinkConfirmed, Problem } from '#contract/api'
import type { Answer } from '#test/client'
import { granted, Person } from '#test/people'
import type { Scope } from '#test/scope'
import { waitFor } from '#test/wait-for'
import type { World } from '#test/world'
import { type BotChat, botChat, enterBot } from './bot-chat.ts'

const LINK = /\/link#([\w-]+)/
let made = 0

/** Status and word of an answer in one line: `410 used`, `200 linked`. */
export function said({ status, body }: Answer): string {
  const { code, status: word } = body as Partial<Problem> & { status?: unknown }
  return `${status} ${code ?? word}`
}

/** Sends /link and takes the secret out of what the bot answers. */
export async function askForLink(bot: BotChat): Promise<string> {
  const before = linksIn(bot).length
  bot.send('/link')
  return waitFor(() => linksIn(bot).slice(before).at(-1), { what: `a link in ${JSON.stringify(bot.texts())}` })
}

/** Every secret this chat was given, oldest first. */
export function linksIn(bot: BotChat): string[] {
  return bot.texts().flatMap((text) => LINK.exec(text)?.[1] ?? [])
}

/** What the bot says next, after this. */
export async function hearsNext(bot: BotChat, deed: () => unknown): Promise<string> {
  const before = bot.texts().length
  await deed()
  return waitFor(() => bot.texts()[before], { what: 'one more message of the bot' })
}

/** Somebody who knows Vitte from the bot, with a page of the site open; talks with Arina there when asked to. */
export async function telegramUser(world: World, t: Scope, questions: string[] = []) {
  const { id } = world.sandbox.telegram.addPerson({ firstName: 'Вера', languageCode: 'ru' })
  const bot = await enterBot(world.sandbox, id)
  const site = new Person(world.vitte.url, t)
  const user = await site.signInByWidget(world.sandbox, id)
  if (questions.length > 0) await site.startConversation('arina')
  for (const question of questions) {
    bot.send(question)
    await bot.hears((text) => text === question)
  }
  return { id, bot, site, userId: user.id }
}

/** The story that a talk begins with when none is chosen. */
export const FIRST_STORY = 'last-tram'
const OTHER_STORY = 'quiet-evening'

/** Somebody whom only the site knows, by mail; with questions they have something to lose. */
export async function webUser(world: World, t: Scope, questions: string[] = [], story = OTHER_STORY) {
  made += 1
  const email = `reader-${made}@example.org`
  const site = new Person(world.vitte.url, t)
  const user = await site.signInByMail(world.sandbox, email)
  if (questions.length > 0) {
    await site.confirmAdult()
    await site.startConversation('arina', story)
  }
  for (const question of questions) await site.talk(question)
  return { email, site, userId: user.id }
}

/** A Telegram that Vitte has never met. */
export function stranger(world: World) {
  const { id } = world.sandbox.telegram.addPerson({ firstName: 'Новая', languageCode: 'ru' })
  return { id, bot: botChat(world.sandbox, id) }
}

/** Signs in with Telegram on a page that is signed in already, and confirms what is asked. */
export async function connect(world: World, site: Person, telegramId: number): Promise<void> {
  const answer = granted(await site.proveTelegram(world.sandbox, telegramId))
  if (answer.token !== undefined) assert.equal(said(await site.confirmLink(answer.token)), '200 linked')
}

/** The code that the page shows for a link of the bot. */
export function codeOf(answer: Answer<LinkConfirmed>): string {
  const confirmed = granted(answer)
  assert.equal(confirmed.status, 'code_required')
  return confirmed.status === 'code_required' ? confirmed.code : ''
}

/** A code that is not this one. */
export function wrongCode(code: string, step = 1): string {
  return String((Number(code) + step) % 1_000_000).padStart(6, '0')
}

/** What a user has, to be compared before and after. */
export async function holdings(person: Person) {
  const { user, identities, credits, conversation } = await person.me()
  const lines = (await person.history()).map(({ role, text, interface: place }) => `${role} ${place} ${text}`)
  return {
    userId: user.id,
    logins: identities.map(({ provider, displayName }) => `${provider} ${displayName}`).toSorted(),
    credits,
    conversationId: conversation?.id,
    lines,
  }
}

/** As if every proof of this user's sessions were given six minutes ago. */
export async function ageProofs(world: World, userId: string): Promise<void> {
  const { db } = world.database
  await sql`UPDATE sessions SET proven_at = proven_at - interval '6 minutes' WHERE user_id = ${userId}`.execute(db)
  await sql`
    UPDATE session_proofs SET proven_at = proven_at - interval '6 minutes'
    WHERE session_id IN (SELECT id FROM sessions WHERE user_id = ${userId})
  `.execute(db)
}

/** The books balance, nothing is held, and the history is dense and in the order of time. */
export async function assertWhole(world: World, site: Person, ...userIds: string[]): Promise<void> {
  const { rows } = await sql<{ sum: number }>`
    SELECT sum(amount)::integer AS sum FROM ledger_entries WHERE user_id = ANY(${userIds}::uuid[]) GROUP BY user_id, type
  `.execute(world.database.db)
  for (const { sum } of rows) assert.equal(sum, 0)
  const balances = await sql<{ held: number; available: number }>`
    SELECT held, available FROM credit_balances WHERE user_id = ANY(${userIds}::uuid[])
  `.execute(world.database.db)
  assert.ok(balances.rows.every(({ held, available }) => held === 0 && available >= 0))
  const history = await site.history()
  const first = history[0]?.seq ?? 0
  assert.deepEqual(
    history.map(({ seq }) => seq),
    history.map((_, index) => first + index),
  )
  const times = history.map(({ createdAt }) => createdAt)
  assert.deepEqual(times, times.toSorted())
}
