import assert from 'node:assert/strict'
import { test } from 'node:test'
import { granted, Person } from '#test/people'
import { waitFor } from '#test/wait-for'
import { startWorld } from '#test/world'
import { auditBooks, type Finding } from '../../src/processes/audit-books.ts'
import { botPerson, botTalker, menu } from './bot-steps.ts'
import { askForExport, exportStatus, fetchExport, leave, leftOf, letProofsAge, letTheDayPass } from './leaving-steps.ts'
import { askForLink } from './link-steps.ts'

const world = await startWorld()
const { pool } = world.database

async function reader(t: Parameters<typeof botPerson>[1], email: string): Promise<Person> {
  const person = new Person(world.vitte.url, t)
  await person.signInByMail(world.sandbox, email)
  await person.confirmAdult()
  return person
}

test('one’s own data comes as a zip with all that was said, once, and to nobody else', async (t) => {
  const person = await reader(t, 'export@example.org')
  await person.startConversation('arina')
  await person.talk('Меня зовут Вера, и я люблю сирень')
  const { url, expiresAt } = await askForExport(person)
  const hoursLeft = (Date.parse(expiresAt) - Date.now()) / 3_600_000
  assert.ok(hoursLeft > 23 && hoursLeft <= 24.1, expiresAt)
  const stranger = await reader(t, 'stranger@example.org')
  const elsewhere = await reader(t, 'export@example.org')
  for (const other of [stranger, elsewhere, new Person(world.vitte.url)])
    assert.equal(await exportStatus(other, url), 404)
  const files = await fetchExport(person, url)
  const said = files['messages.json'] as { text: string; role: string; createdAt: string }[]
  assert.ok(said.some(({ text, role }) => role === 'user' && text === 'Меня зовут Вера, и я люблю сирень'))
  assert.deepEqual(
    said.map(({ text }) => text),
    (await person.history()).map(({ text }) => text),
  )
  assert.equal((files['identities.json'] as { externalId: string }[])[0]?.externalId, 'export@example.org')
  for (const name of ['profile', 'conversations', 'ledger', 'sessions', 'audit', 'credits']) {
    assert.ok((files[`${name}.json`]?.length ?? 0) > 0, name)
  }
  assert.equal(await exportStatus(person, url), 410, 'once')
  assert.equal(await exportStatus(stranger, url), 404)
})

test('a link that nobody used for a day is dead', async (t) => {
  const person = await reader(t, 'late@example.org')
  const { url } = await askForExport(person)
  await pool.query(`UPDATE exports SET expires_at = now() - interval '1 second'`)
  assert.equal(await exportStatus(person, url), 410)
})

test('looking at the head of a link does not use it up, and without a session it ends with it', async (t) => {
  const person = await reader(t, 'head@example.org')
  const { url } = await askForExport(person)
  const head = await person.client.request(new URL(url).pathname, { method: 'HEAD' })
  assert.equal(head.headers.get('content-type'), 'application/zip')
  await person.client.call('/api/auth/sign-out', { method: 'POST' })
  const again = await reader(t, 'head@example.org')
  assert.equal(await exportStatus(again, url), 404)
})

test('in the Mini App the link alone is enough while its session lives, as Telegram fetches it itself', async (t) => {
  const { app } = await botPerson(world, t)
  const { url } = await askForExport(app)
  const telegram = await fetch(url)
  assert.equal(telegram.status, 200)
  assert.match(telegram.headers.get('content-disposition') ?? '', /^attachment; filename="/)
  assert.equal(telegram.headers.get('access-control-allow-origin'), 'https://web.telegram.org')
  await telegram.body?.cancel()
  assert.equal((await fetch(url)).status, 410)
})

test('data and leaving want a login that was proven just now; changing one’s mind does not', async (t) => {
  const person = await reader(t, 'stale@example.org')
  granted(await leave(person), 202)
  await letProofsAge(world)
  for (const answer of [await person.client.call('/api/me/export', { method: 'POST' }), await leave(person)]) {
    assert.equal(answer.status, 403)
    assert.equal((answer.body as { code: string }).code, 'not_fresh')
  }
  granted(await person.client.call('/api/me/erasure/cancel', { method: 'POST' }))
  assert.equal((await person.me()).user.erasure, null)
})

test('a wish to leave from another site is refused', async (t) => {
  const person = await reader(t, 'forged@example.org')
  const headers = { origin: 'https://elsewhere.example' }
  assert.equal((await person.client.call('/api/me', { method: 'DELETE', headers })).status, 403)
  assert.equal((await person.me()).user.erasure, null)
})

test('whoever leaves has a day to come back, and all works meanwhile', async (t) => {
  const { app, bot } = await botTalker(world, t)
  granted(await leave(app), 202)
  const { erasure } = (await app.me()).user
  const hours = (Date.parse(erasure?.dueAt ?? '') - Date.now()) / 3_600_000
  assert.ok(hours > 23.9 && hours <= 24.1, erasure?.dueAt)
  await bot.hears((text) => text.startsWith('Всё будет удалено'))
  await app.talk('Ты ещё здесь?')
  await menu(bot, '/delete', 'Оставить всё как есть')
  await bot.tap('Оставить всё как есть')
  await waitFor(async () => (await app.me()).user.erasure === null, { what: 'the wish to be taken back' })
})

test('the bot says what goes and what stays before it asks, and where one’s own data is', async (t) => {
  const { bot, app } = await botPerson(world, t)
  await menu(bot, '/delete', 'Удалить всё через сутки')
  const text = bot.texts().findLast((said) => said.startsWith('Удалить всё')) ?? ''
  for (const word of ['переписка', 'строки об оплатах', 'отпечаток', 'Telegram принадлежит'])
    assert.ok(text.includes(word), word)
  await bot.tap('Удалить всё через сутки')
  await waitFor(async () => (await app.me()).user.erasure, { what: 'the wish' })
  bot.send('/export')
  await bot.hears((said) => said.startsWith('Ваши данные'))
})

test('after the day all is gone: pages close, nothing is left but an empty row, and the bot meets somebody new', async (t) => {
  const talker = await botTalker(world, t)
  const { app, bot, userId, id } = talker
  await app.talk('Запомни: канарейка')
  bot.send('/remind 2h чай')
  await bot.hears((text) => text.endsWith('чай'))
  const site = new Person(world.vitte.url, t)
  await site.signInByWidget(world.sandbox, id)
  const page = await site.watch()
  granted(await leave(app), 202)
  await letTheDayPass(world, userId)
  await page.ended
  for (const gone of [app, site]) assert.equal((await gone.client.call('/api/me')).status, 401)
  await bot.hears((text) => text.includes('стирается прямо сейчас'))
  const { audit_events: events, ...left } = await leftOf(world, userId)
  assert.ok((events ?? 0) > 0)
  assert.deepEqual(left, { erasures: 1 })
  const { rows } = await pool.query('SELECT display_name, timezone, spoke_at, erased_at FROM users WHERE id = $1', [
    userId,
  ])
  assert.ok(rows[0].erased_at)
  assert.deepEqual([rows[0].display_name, rows[0].timezone, rows[0].spoke_at], ['', null, null])
  const before = bot.texts().length
  bot.send('Привет, помнишь меня?')
  await waitFor(
    () =>
      bot
        .texts()
        .slice(before)
        .some((text) => text.includes('18')),
    { what: 'the question of a stranger' },
  )
  const again = new Person(world.vitte.url, t)
  const user = await again.openMiniApp(world.sandbox, id)
  assert.notEqual(user.id, userId)
  assert.deepEqual((await again.me()).credits, { basic: 0, pro: 0, cassandra: 0 }, 'welcome credits come once')
  const found: Finding[] = []
  await auditBooks(pool, (finding) => found.push(finding))
  assert.deepEqual(found, [])
})

test('who was joined goes with whom they live on in', async (t) => {
  const { userId, bot, app } = await botTalker(world, t)
  const site = new Person(world.vitte.url, t)
  const absorbed = await site.signInByMail(world.sandbox, 'joined@example.org')
  const confirmed = granted(await site.confirmLink(await askForLink(bot)))
  assert.equal(confirmed.status, 'linked')
  assert.equal((await site.me()).user.id, userId)
  await menu(bot, '/delete', 'Удалить всё через сутки')
  await bot.tap('Удалить всё через сутки')
  await waitFor(async () => (await app.me()).user.erasure, { what: 'the wish' })
  await letTheDayPass(world, userId)
  for (const gone of [userId, absorbed.id]) {
    const { audit_events: _, erasures: __, ...left } = await leftOf(world, gone)
    assert.deepEqual(left, { merges: 1 })
  }
  const journals = await pool.query(
    'SELECT journal, closed_at IS NOT NULL AS closed FROM merges WHERE survivor_id = $1',
    [userId],
  )
  assert.deepEqual(journals.rows, [{ journal: {}, closed: true }], 'nobody parts them any more')
  const living = 'SELECT count(*)::integer AS count FROM users WHERE id = ANY($1) AND erased_at IS NULL'
  assert.equal((await pool.query(living, [[userId, absorbed.id]])).rows[0].count, 0)
})
