import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { sql } from 'kysely'
import { granted, Person } from '#test/people'
import { waitFor } from '#test/wait-for'
import { startWorld } from '#test/world'
import { sayOnWire, statusesIn } from '../simulate/attacks/wire.ts'
import { botPerson, notToBeAsked } from './bot-steps.ts'
import { telegramUser, webUser } from './link-steps.ts'
import { proofOf } from './route-steps.ts'

// Attacks beside those of the list.
const world = await startWorld(undefined, { env: { TRUSTED_PROXIES: '127.0.0.1' } })
world.sandbox.model.control({ mode: 'echo' })
const { url } = world.vitte
let clients = 0
const elsewhere = () => {
  clients += 1
  return { 'x-forwarded-for': `198.51.100.${clients}` }
}

test('a path with a detour is refused before anything is looked for, whatever it leads to', async (t) => {
  const { site } = await webUser(world, t)
  const headers = Object.entries(proofOf(site)).map(([name, value]) => `${name}: ${value}`)
  const ask = async (path: string) => {
    const said = await sayOnWire(
      url,
      [`GET ${path} HTTP/1.1`, 'Host: x', ...headers, 'Connection: close', '', ''].join('\r\n'),
    )
    return statusesIn(said)[0]
  }
  for (const path of [
    '/x/../metrics',
    '/./metrics',
    '/app/%2e%2e/api/me',
    '/x/.%2E/metrics',
    '/x\\..\\metrics',
    '/..',
    '/x%5c..%5cmetrics',
  ]) {
    assert.equal(await ask(path), 400, path)
  }
  for (const path of ['//metrics', '//etc/passwd', '//evil.example/chat', '/api//me', '/api/me/', '/API/me']) {
    assert.equal(await ask(path), 404, path)
  }
  for (const path of ['/api/me', '/metrics', '/chat', '/chat?x=/../']) assert.equal(await ask(path), 200, path)
})

test('what a page may ask once it may not ask twice in one address, and no other writing brings more', async (t) => {
  const { site } = await webUser(world, t, ['одно'])
  for (const query of ['limit=1&limit=100', 'before=1&before=9', 'limit=1%00', 'before=-1', 'limit=1.5']) {
    assert.equal((await site.client.call(`/api/messages?${query}`)).status, 422, query)
  }
  for (const id of ['-1', 'NaN', '1e309', '0x1', '9007199254740993', ' 1', '1,2']) {
    const page = await site.watch(id)
    await page.next('reset')
    assert.deepEqual(page.all('message'), [], id)
    await page.close()
  }
})

test('the key of one person’s message is nothing to another', async (t) => {
  const [one, other] = [await webUser(world, t, ['начало']), await webUser(world, t, ['начало'])]
  const key = randomUUID()
  const first = granted(await one.site.post('тайна', key), 202)
  const second = await other.site.post('тайна', key)
  assert.equal(second.status, 202)
  assert.equal(second.headers.get('idempotency-replayed'), null)
  assert.notEqual(second.body.message.id, first.message.id)
  assert.notEqual(second.body.turnId, first.turnId)
})

test('a session in an address opens nothing, neither does one beside many others', async (t) => {
  const { site } = await webUser(world, t)
  const [token = ''] = [...site.client.cookies().values()]
  for (const name of ['vitte', 'token', 'access_token', 'session', 'authorization']) {
    assert.equal((await fetch(`${url}/api/me?${name}=${token}`)).status, 401, name)
  }
  const many = Array.from({ length: 300 }, (_, index) => `c${index}=${index}`).join('; ')
  assert.equal((await fetch(`${url}/api/me`, { headers: { cookie: `${many}; vitte=x` } })).status, 401)
  assert.equal((await fetch(`${url}/api/me`, { headers: { cookie: `${many}; vitte=${token}` } })).status, 200)
  const long = await sayOnWire(url, `GET /api/me HTTP/1.1\r\nHost: x\r\nCookie: ${'a'.repeat(20_000)}\r\n\r\n`)
  assert.equal(statusesIn(long)[0], 431)
})

test('a code from a mail works once, however many use it at once; guesses at once are five at most', async (t) => {
  const email = `race-${randomUUID()}@example.org`
  const person = new Person(url, t)
  const verify = (code: string) =>
    new Person(url, t).client.call('/api/auth/email/verify', { body: { email, code }, headers: elsewhere() })
  const right = await person.mailCode(world.sandbox, email)
  const together = await Promise.all(Array.from({ length: 10 }, () => verify(right)))
  assert.deepEqual(together.map(({ status }) => status).toSorted(), [200, ...Array(9).fill(401)])
  const next = await person.mailCode(world.sandbox, email)
  const guesses = Array.from({ length: 30 }, (_, step) =>
    String((Number(next) + 1 + step) % 1_000_000).padStart(6, '0'),
  )
  const wrong = await Promise.all(guesses.map(verify))
  assert.ok(wrong.every(({ status }) => status === 401))
  assert.equal((await verify(next)).status, 401, 'its tries are used up')
})

test('addresses that look alike are different people, ways to write one are one, and no second one is smuggled in', async (t) => {
  const own = `alike-${randomUUID().slice(0, 8)}`
  const owner = new Person(url, t)
  const user = await owner.signInByMail(world.sandbox, `${own}@example.org`)
  const same = new Person(url, t)
  assert.equal((await same.signInByMail(world.sandbox, ` ${own.toUpperCase()}@EXAMPLE.org `.trim())).id, user.id)
  const start = (email: string) => owner.client.call('/api/auth/email/start', { body: { email }, headers: elsewhere() })
  for (const letter of ['\uff41like', '\u0430like']) {
    const before = world.sandbox.mailbox.mails().length
    await start(`${letter}${own.slice(5)}@example.org`)
    const [mail] = await waitFor(() => {
      const came = world.sandbox.mailbox.mails().slice(before)
      return came.length > 0 ? came : null
    })
    assert.ok(!mail?.to.includes(`${own}@example.org`), letter)
  }
  for (const email of [
    `${own}@example.org\r\nBcc: x@example.org`,
    `${own}@example.org,x@example.org`,
    `${own}@example.org;x@example.org`,
    `x <${own}@example.org>`,
    `"${own}"@example.org`,
    `${own}\u200b@example.org`,
    `${own}\u00ad@example.org`,
    'x@localhost',
    'x@[127.0.0.1]',
  ]) {
    assert.equal((await start(email)).status, 422, JSON.stringify(email))
  }
})

test('init data is taken twenty times at most, however many bring it at once', async () => {
  const { id } = world.sandbox.telegram.addPerson({ firstName: 'Ида', languageCode: 'ru' })
  const initData = world.sandbox.telegram.initData(id)
  const answers = await Promise.all(
    Array.from({ length: 40 }, () =>
      new Person(url).client.call('/api/auth/telegram/mini-app', { body: { initData }, headers: elsewhere() }),
    ),
  )
  const statuses = answers.map(({ status }) => status)
  assert.equal(statuses.filter((status) => status === 200).length, 20)
  assert.equal(statuses.filter((status) => status === 401).length, 20)
})

test('a stream ends with the time of its session, as it does with its end', async (t) => {
  const { id, userId } = await telegramUser(world, t)
  const app = new Person(url, t)
  await app.openMiniApp(world.sandbox, id)
  const page = await app.watch()
  const late = sql`UPDATE sessions SET expires_at = now() - interval '1 second' WHERE user_id = ${userId}`
  await late.execute(world.database.db)
  await page.ended
  assert.equal((await app.client.call('/api/me')).status, 401)
})

test('who floods the bot with commands fills nobody’s queue, and is answered again when they stop', async (t) => {
  const person = await botPerson(world, t)
  await notToBeAsked(person.app)
  await person.app.startConversation('arina')
  for (let sent = 0; sent < 120; sent += 1) person.bot.send(sent % 2 === 0 ? '/help' : '/link')
  await waitFor(() => world.sandbox.telegram.pendingUpdates().length === 0)
  const count = async (rows: ReturnType<typeof sql<{ n: number }>>) =>
    (await rows.execute(world.database.db)).rows[0]?.n ?? -1
  const waiting = await count(
    sql<{
      n: number
    }>`SELECT count(*)::integer AS n FROM deliveries WHERE address = ${String(person.id)} AND due_at IS NOT NULL`,
  )
  assert.ok(waiting > 0 && waiting <= 35, `${waiting} wait`)
  const links = await count(
    sql<{ n: number }>`SELECT count(*)::integer AS n FROM link_tokens WHERE telegram_user_id = ${person.userId}`,
  )
  assert.ok(links < 50, `${links} links`)
  await sql`UPDATE deliveries SET state = 'sent', due_at = NULL WHERE address = ${String(person.id)} AND due_at IS NOT NULL`.execute(
    world.database.db,
  )
  const before = person.bot.texts().length
  person.bot.send('/help')
  await waitFor(() => person.bot.texts().length > before)
})

test('nothing here broke anything inside', () => {
  assert.deepEqual(
    world.vitte.logs().filter(({ level }) => level === 'error'),
    [],
  )
})
