import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { sql } from 'kysely'
import { createClient } from 'redis'
import { createDatabase } from '#platform/postgres'
import { granted, Person } from '#test/people'
import { throwawayPostgres } from '#test/postgres'
import { testRedis } from '#test/redis'
import { silentLog } from '#test/silent-log'
import { startInVain, startVitte, type Vitte } from '#test/vitte'
import { waitFor } from '#test/wait-for'
import { startWorld } from '#test/world'
import { type BotChat, enterBot } from './bot-chat.ts'
import { heardOpening, notToBeAsked } from './bot-steps.ts'
import { dyingAt, names, texts } from './canary-marks.ts'
import { type Canary, canary, readFolder, readRedis, secret, sightings, titleOf, watchRedis } from './canary-steps.ts'
import { askForLink, codeOf } from './link-steps.ts'
import { answerDigest, rememberedBy } from './memory-steps.ts'

// One person with a mark in everything they say and are, led through all that works and all that fails. Afterwards the
// marks are looked for wherever they do not belong.
const WEBHOOK_SECRET = canary('webhook secret').mark
const ASK_AGAIN_MS = 1_000
const secrets: Canary[] = [secret('webhook secret', WEBHOOK_SECRET)]
const email = `${names.mail.mark}@example.org`

const postgres = await throwawayPostgres()
const redis = await testRedis()
const traffic = await watchRedis({ after: test.after }, redis.url)
const world = await startWorld(undefined, {
  env: {
    DATABASE_URL: postgres.connectionString,
    REDIS_URL: redis.url,
    LOG_LEVEL: 'debug',
    NODE_OPTIONS: `--import=${dyingAt('SIGUSR2')}`,
    TELEGRAM_WEBHOOK_SECRET: WEBHOOK_SECRET,
    DELIVERY_BACKOFF_BASE_MS: '5',
    DELIVERY_BACKOFF_MAX_MS: '20',
  },
})
const database = createDatabase({
  connectionString: postgres.connectionString,
  maxConnections: 2,
  log: silentLog,
  applicationName: 'test-harness',
})
test.after(() => database.close())
const { telegram, model, issuer, token } = world.sandbox
secrets.push(secret('bot token', token.split(':')[1] ?? ''), secret('master key', world.vitte.env.MASTER_KEY ?? ''))
secrets.push(secret('client secret', world.sandbox.oidc.clientSecret))
const processes: Vitte[] = [world.vitte]
const refusals: string[] = []
const figures: string[] = []
const { id } = telegram.addPerson({ firstName: names.first.mark, username: names.username.mark, languageCode: 'ru' })
let bot: BotChat
const site = new Person(world.vitte.url)
const app = new Person(world.vitte.url)
const userAgent = { 'user-agent': `Mozilla/5.0 ${names.device.mark} Firefox/140.0` }

/** A request that is refused, with all that came back. */
async function refuse(path: string, call: Parameters<typeof site.client.call>[1] = {}, who = site): Promise<number> {
  const { status, headers, body } = await who.client.call(path, { ...call, headers: { ...userAgent, ...call.headers } })
  if (status >= 400) refusals.push(JSON.stringify([status, [...headers], body]))
  return status
}

/** Asks and waits for what becomes of it. */
async function outcomeOf(question: string): Promise<string> {
  const { turnId } = await app.ask(question)
  return waitFor(async () => {
    const state = (await app.history()).find((line) => line.turn?.id === turnId)?.turn?.state
    return state && !['queued', 'running'].includes(state) ? state : null
  })
}

test('a person says something private everywhere, and is answered', async () => {
  bot = await enterBot(world.sandbox, id)
  await app.openMiniApp(world.sandbox, id)
  await notToBeAsked(app)
  await app.startConversation('arina')
  await heardOpening({ id, bot, app, userId: '' })
  model.control({ text: texts.reply.text })
  answerDigest(world.sandbox, texts.summary.text, [{ line: 2, text: texts.fact.text }])
  bot.send(texts.bot.text)
  await bot.hears((text) => text === texts.reply.text)
  const fact = await rememberedBy(app, texts.fact.text)
  granted(await app.client.call(`/api/memory/${fact.id}`, { method: 'PATCH', body: { text: texts.edited.text } }))
  const page = await app.watch()
  await app.talk(texts.app.text)
  await page.next('message', ({ text }) => text === texts.app.text)
  const at = new Date(Date.now() + 86_400_000).toISOString()
  granted(await app.client.call('/api/reminders', { body: { at, text: texts.reminder.text } }), 201)
  bot.send(`/paysupport ${texts.support.text}`)
  await bot.hears((text) => text.startsWith('Вопрос передан'))
  secrets.push(secret('bearer', app.client.token ?? ''))
})

test('they sign in by every way, and link, with secrets that are theirs alone', async () => {
  const code = await site.mailCode(world.sandbox, email)
  granted(await site.client.call('/api/auth/email/verify', { body: { email, code }, headers: userAgent }))
  secrets.push(secret('session cookie', [...site.client.cookies().values()][0] ?? ''))
  await site.confirmAdult()
  await site.startConversation('arina')
  await site.talk(texts.site.text)
  const link = await askForLink(bot)
  secrets.push(secret('link secret', link))
  codeOf(await site.confirmLink(link))
  for (const proof of [telegram.initData(id), new URLSearchParams(telegram.widget(id) as never).toString()]) {
    const fields = new URLSearchParams(proof)
    secrets.push(secret('hash of a proof', fields.get('hash') ?? ''))
    if (fields.has('signature')) secrets.push(secret('signature of a proof', fields.get('signature') ?? ''))
    const body = fields.has('user') ? { initData: proof } : Object.fromEntries(fields)
    const path = fields.has('user') ? '/api/auth/telegram/mini-app' : '/api/auth/telegram/widget'
    granted(await new Person(world.vitte.url).client.call(path, { body }))
    await refuse(path, { body: { ...body, hash: fields.get('hash') } }, new Person(world.vitte.url))
    await refuse(`/api/me?initData=${encodeURIComponent(proof)}`)
  }
  for (const fault of [null, 'foreign-key', 'token-html', 'token-down'] as const) {
    if (fault) issuer.control({ next: [{ fault }] })
    const visitor = new Person(world.vitte.url)
    const back = await visitor.agreeAt('telegram', id)
    const query = new URL(back, world.vitte.url).searchParams
    secrets.push(secret('code of a provider', query.get('code') ?? ''), secret('state', query.get('state') ?? ''))
    await visitor.client.call(back)
  }
})

test('the model fails in every way, and Telegram refuses with their own words in its answer', async () => {
  model.control({ text: null, mode: 'echo' })
  const kinds = ['500', '429', 'html', 'malformed', 'error-midstream', 'reset-midstream', 'empty'] as const
  for (const kind of kinds) {
    model.control({ failures: [{ kind, times: null, question: texts.failing.mark }] })
    await outcomeOf(`${texts.failing.text} ${kind}`)
  }
  model.control({ failures: [] })
  // After so many failures the model is left alone for some seconds.
  await waitFor(async () => (await outcomeOf('есть кто?')) === 'done', { pauseMs: ASK_AGAIN_MS })
  for (const [at, description] of [
    `Bad Request: can't parse entities: Unsupported start tag "${texts.refused.mark}" at byte offset 4`,
    `Bad Request: entity url '${texts.refused.mark}' is invalid`,
    `Bad Request: wrong HTTP URL specified: ${texts.refused.mark}`,
    `Bad Request: message "${texts.refused.mark}" was refused`,
    `Not Found: /bot${token}/sendMessage`,
  ].entries()) {
    telegram.faults.add({ kind: 'error', errorCode: 400, description, method: 'sendMessage', chatId: id, times: 2 })
    bot.send(`${texts.refused.text} ${at}`)
    await waitFor(
      async () => {
        const lines = await app.history()
        const line = lines.find(({ role, text }) => role === 'assistant' && text.endsWith(` ${at}`))
        return line?.delivery && !['pending', 'sending'].includes(line.delivery.status)
      },
      { what: `the end of what Telegram refuses: ${description}` },
    )
    telegram.faults.clear()
  }
})

test('requests are broken in every way, and what is behind them breaks, too', async () => {
  const { mark, text } = texts.broken
  const key = () => ({ 'idempotency-key': randomUUID() })
  await refuse('/api/messages', { body: { text: text.repeat(400) }, headers: key() })
  await refuse('/api/messages', { body: { text: [text] }, headers: key() })
  await refuse('/api/messages', { body: { text: `${text}\0` }, headers: key() })
  await refuse('/api/messages', { body: text, headers: key() })
  await refuse('/api/messages', { body: { text }, headers: { 'idempotency-key': mark } })
  await refuse('/api/messages', { body: { text }, headers: { ...key(), 'content-type': `text/${mark}` } })
  await refuse('/api/reminders', { body: { at: mark, text } })
  await refuse(`/api/turns/${names.path.mark}/cancel`, { method: 'POST' })
  await refuse(`/${names.path.mark}`)
  await refuse(`/api/${names.path.mark}?q=${mark}`)
  await refuse('/api/auth/email/verify', { body: { email, code: mark } })
  const raw = await fetch(new URL('/api/messages', world.vitte.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: cookieOf(site), origin: world.vitte.url, ...key() },
    body: `{"text":"${text}`,
  })
  refusals.push(await raw.text())
  const odd = { update_id: 1, message: { text, chat: mark, from: { id: mark } } }
  const webhook = { body: odd, headers: { 'x-telegram-bot-api-secret-token': WEBHOOK_SECRET } }
  assert.equal(await refuse('/telegram/webhook', webhook), 400)
  await sql`ALTER TABLE conversations RENAME TO conversations_away`.execute(database.db)
  assert.equal(await refuse('/api/me'), 500)
  assert.equal(await refuse('/api/messages', { body: { text }, headers: key() }), 500)
  bot.send(text)
  await waitFor(() => world.vitte.logs().some(({ level }) => level === 'error' || level === 'warn'))
  await sql`ALTER TABLE conversations_away RENAME TO conversations`.execute(database.db)
  await bot.hears((said) => said.includes(mark))
})

test('the database goes away and comes back, the process dies and is started again, starts fail', async () => {
  figures.push(await metricsOf(world.vitte))
  const { text, mark } = texts.late
  await postgres.stop()
  await waitFor(async () => (await refuse('/api/me')) === 503)
  await refuse('/api/messages', { body: { text }, headers: { 'idempotency-key': randomUUID() } })
  bot.send(text)
  await postgres.start()
  await bot.hears((said) => said.includes(mark))
  world.vitte.signal('SIGUSR2')
  assert.equal(await world.vitte.exited, 1)
  assert.equal(world.vitte.logs('process.crashed').length, 1)
  await world.vitte.kill()
  const again = await startVitte(undefined, world.vitte.env)
  processes.push(again)
  await waitFor(async () => (await app.me()).user.displayName !== '')
  await app.talk(`${text} и ещё`)
  figures.push(await metricsOf(again))
  const password = secret('password of an address', canary('password').mark)
  secrets.push(password)
  const { env } = world.vitte
  const wrongOnes: Record<string, string>[] = [
    { SMTP_URL: `smtp://me:${password.mark}@host:port` },
    { DATABASE_URL: `postgresql://me:${password.mark}@127.0.0.1:1/none` },
    { REDIS_URL: `redis://me:${password.mark}@[` },
    { TELEGRAM_BOT_TOKEN: `${password.mark} ` },
    { MASTER_KEY: password.mark },
    { TELEGRAM_WEBHOOK_SECRET: `${password.mark}!` },
  ]
  for (const wrong of wrongOnes) {
    const { code, said } = await startInVain({ ...env, PORT: '', ...wrong })
    assert.notEqual(code, 0, Object.keys(wrong)[0])
    refusals.push(said)
  }
})

test('no line of any log says anything of it', () => {
  const log = processes.flatMap(({ lines }) => lines).join('\n')
  assert.ok(log.includes('http.request') && log.includes('"level":"debug"') && log.includes('"level":"error"'))
  assert.deepEqual(sightings([secret('a line', 'http.request')], { log }).length, 1, 'what is there is seen')
  assert.deepEqual(sightings(everything(), { log }), [])
})

test('no figure, no refusal and no list of processes says anything of it', async () => {
  const titles = await Promise.all(processes.map(({ pid }) => titleOf(pid)))
  assert.ok(titles.some((title) => title.includes('dist/processes/main.js')))
  assert.ok(figures.every((text) => text.includes('vitte_turns_total')))
  assert.ok(refusals.length > 25 && refusals.some((text) => text.includes('application/problem+json')))
  const places = { figures: figures.join('\n'), refusals: refusals.join('\n'), titles: titles.join('\n') }
  assert.deepEqual(sightings(everything(), places), [])
  assert.equal(sightings([secret('a figure', 'vitte_turns_total')], places).length, 1, 'what is there is seen')
})

test('nothing in Redis, and nothing that goes over it, is a text, a name or a secret', async () => {
  const planted = canary('planted')
  const before = await readRedis(redis.url)
  assert.ok(before.length > 0 && traffic().length > 0)
  assert.deepEqual(sightings(everything(), { Redis: before, 'the traffic of Redis': traffic() }), [])
  const client = createClient({ url: redis.url })
  await client.connect()
  await client.hSet('planted', 'field', planted.text)
  await client.sPublish('planted', planted.text)
  client.destroy()
  const places = { Redis: await readRedis(redis.url), traffic: traffic() }
  assert.equal(sightings([planted], places).length, 2, 'what is there is seen')
})

test('no file of PostgreSQL has a text or a secret in it; names lie there', async () => {
  await sql`CHECKPOINT`.execute(database.db)
  const files = await readFolder(postgres.folder)
  const seen = sightings([names.first, names.username, names.mail], files)
  for (const { name } of [names.first, names.username, names.mail]) {
    assert.ok(
      seen.some((line) => line.startsWith(`${name} in `)),
      `${name} is seen where it lies`,
    )
  }
  assert.deepEqual(sightings([...Object.values(texts), ...secrets, names.device, names.path], files), [])
})

function everything(): Canary[] {
  return [...Object.values(texts), ...Object.values(names), ...secrets]
}

function cookieOf({ client }: Person): string {
  return [...client.cookies()].map(([name, value]) => `${name}=${value}`).join('; ')
}

async function metricsOf({ url }: Vitte): Promise<string> {
  return (await fetch(new URL('/metrics', url))).text()
}
