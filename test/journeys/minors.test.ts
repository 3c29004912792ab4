import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import { sql } from 'kysely'
import type { Problem } from '#contract/api'
import { loadTexts } from '#platform/texts'
import { granted, Person } from '#test/people'
import { waitFor } from '#test/wait-for'
import { startWorld } from '#test/world'
import { LOCALES_FOLDER } from '../../src/processes/places.ts'
import { buttonsOf } from './bot-chat.ts'
import { botTalker, notToBeAsked, type Talker } from './bot-steps.ts'
import { endOf } from './growing-steps.ts'
import { connect, said, telegramUser, webUser } from './link-steps.ts'
import { booksHold, promptsSince } from './safety-steps.ts'

// A65: who says to be under 18 finds the companions closed, everywhere, until an operator opens them for a written reason.

const OPERATOR = 700_000_002
const AGE = 'мне 15 лет'

const world = await startWorld(undefined, { env: { ADMIN_TELEGRAM_IDS: String(OPERATOR) } })
const { model } = world.sandbox
const texts = await loadTexts({ folder: LOCALES_FOLDER, strict: true })
const KIND = texts.say('ru', 'safety-minor_locked')
const operator = new Person(world.vitte.url)
await operator.signInByWidget(world.sandbox, OPERATOR)

const unlock = (userId: string, body: object = { reason: 'Документ показан, человеку 24 года' }) =>
  operator.client.call<{ unlocked: boolean }>(`/api/admin/users/${userId}/unlock`, { method: 'POST', body })

/** Somebody of age in the bot who then says to be fifteen. */
async function young(t: TestContext): Promise<Talker> {
  const someone = await botTalker(world, t)
  await notToBeAsked(someone.app)
  someone.bot.send(AGE)
  const { answer } = await endOf(someone, AGE)
  assert.equal(answer?.turn?.code, 'minor_locked')
  return someone
}

const kindLines = (someone: Talker) => someone.bot.texts().filter((text) => text.startsWith(KIND)).length

test('A65 a stated age closes the companions at once, kindly, with numbers to call, and costs nothing', async (t) => {
  const someone = await botTalker(world, t)
  const { credits } = await someone.app.me()
  const page = await someone.app.watch()
  const calls = model.calls().length
  someone.bot.send(AGE)
  await someone.bot.hears((text) => text.startsWith(KIND) && /\d{3}/.test(text))
  await page.next('settings', () => true)
  const me = await someone.app.me()
  assert.deepEqual([me.user.adultConfirmedAt, typeof me.user.minorLockedAt], [null, 'string'])
  assert.ok((me.help?.lines.length ?? 0) > 0)
  assert.deepEqual(me.credits, credits)
  assert.deepEqual(promptsSince(world, calls), [])
  await booksHold(world)
})

test('to have been joking, to be eighteen after all, to begin from the beginning: nothing of it opens them', async (t) => {
  const someone = await young(t)
  const calls = model.calls().length
  const before = kindLines(someone)
  someone.bot.send('Я пошутила, представь, что мне 18')
  await waitFor(() => kindLines(someone) > before, { what: 'the kind text again' })
  someone.bot.send('/start')
  await waitFor(() => kindLines(someone) > before + 1, { what: 'the kind text instead of the question' })
  assert.equal(
    said(await someone.app.client.call('/api/me', { method: 'PATCH', body: { adult: true } })),
    '403 minor_locked',
  )
  assert.equal(said(await someone.app.post('Мне 18')), '403 adult_confirmation_required')
  assert.equal((await someone.app.me()).user.adultConfirmedAt, null)
  assert.ok(!someone.bot.messages().some((message) => buttonsOf(message).some((text) => text.includes('18'))))
  assert.deepEqual(promptsSince(world, calls), [])
})

test('no talk can be begun, begun anew or brought back, and nothing is answered again', async (t) => {
  const someone = await botTalker(world, t)
  const first = (await someone.app.me()).conversation?.id
  await someone.app.startConversation('cassandra')
  model.control({ failures: [{ kind: 'empty', times: null }] })
  someone.bot.send('Первый вопрос')
  const failed = await waitFor(
    async () => (await someone.app.history()).find(({ turn }) => turn?.state === 'failed')?.turn,
    { what: 'a question without an answer' },
  )
  model.control({ failures: [] })
  someone.bot.send(AGE)
  await endOf(someone, AGE)
  const begin = { body: { personaId: 'arina' } }
  const { client } = someone.app
  assert.equal(said(await client.call('/api/conversations', begin)), '403 minor_locked')
  assert.equal((await client.call(`/api/conversations/${first}/restore`, { method: 'POST' })).status, 404)
  assert.equal(
    said(await client.call(`/api/turns/${failed.id}/retry`, { method: 'POST' })),
    '403 adult_confirmation_required',
  )
})

test('what was asked besides is not answered any more, and its price goes back', async (t) => {
  const someone = await botTalker(world, t)
  const { credits } = await someone.app.me()
  t.after(() => model.control({ hold: false }))
  model.control({ hold: true })
  const { turnId } = await someone.app.ask('Как дела?')
  someone.bot.send(AGE)
  await endOf(someone, AGE)
  model.control({ hold: false })
  const line = (await someone.app.history()).find(({ turn }) => turn?.id === turnId)
  assert.equal(line?.turn?.state, 'cancelled')
  assert.deepEqual((await someone.app.me()).credits, credits)
  await booksHold(world)
})

test('an operator opens them for a written reason, once, on record; the age is confirmed anew', async (t) => {
  const someone = await young(t)
  assert.equal((await unlock(someone.userId, { reason: ' ' })).status, 422)
  assert.deepEqual(granted(await unlock(someone.userId)), { userId: someone.userId, unlocked: true })
  assert.equal(granted(await unlock(someone.userId)).unlocked, false)
  assert.equal((await unlock(randomUUID())).status, 404)
  const { rows } = await sql<{ kind: string }>`
    SELECT kind FROM audit_events WHERE user_id = ${someone.userId} OR details->>'to' = ${someone.userId} ORDER BY id
  `.execute(world.database.db)
  assert.deepEqual(
    rows.map(({ kind }) => kind).filter((kind) => kind.startsWith('minor')),
    ['minor_locked', 'minor_unlocked'],
  )
  assert.equal(said(await someone.app.post('Привет')), '403 adult_confirmation_required')
  await someone.app.confirmAdult()
  assert.equal((await someone.app.talk('Привет')).turn?.code, undefined)
})

test('joining with a login that is of age opens nothing, and parting again leaves both closed', async (t) => {
  const telegram = await telegramUser(world, t, [])
  const web = await webUser(world, t, ['Привет'])
  await web.site.talk(AGE)
  await connect(world, web.site, telegram.id)
  const joined = await waitFor(
    async () => {
      const { user } = await telegram.site.me()
      return user.minorLockedAt === null ? null : user
    },
    { what: 'the lock on the joined user' },
  )
  assert.equal(joined.adultConfirmedAt, null)
  const undoer = new Person(world.vitte.url, t)
  await undoer.signInByWidget(world.sandbox, telegram.id)
  const webProof = { email: web.email, code: await undoer.mailCode(world.sandbox, web.email) }
  assert.equal(said(await undoer.undoLink({ webProof })), '200 undone')
  const reader = new Person(world.vitte.url, t)
  await reader.signInByMail(world.sandbox, web.email)
  for (const person of [undoer, reader]) {
    const { user } = await person.me()
    assert.deepEqual([user.adultConfirmedAt, typeof user.minorLockedAt], [null, 'string'])
  }
})

test('the refusal says so in the person’s language', async (t) => {
  const someone = await young(t)
  const { body } = await someone.app.client.call<Problem>('/api/me', { method: 'PATCH', body: { adult: true } })
  assert.equal(body.detail, texts.say('ru', 'problem-minor_locked'))
})

test('after all of it the books hold', () => booksHold(world))
