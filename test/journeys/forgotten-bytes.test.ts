import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import pg from 'pg'
import { findEmbedded } from '#platform/postgres'
import { freePort } from '#test/free-port'
import { granted, Person } from '#test/people'
import { testRedis } from '#test/redis'
import { sandboxEnvironment, startTestSandbox } from '#test/sandbox'
import { atEnd, wholeFile } from '#test/scope'
import { tempFolder } from '#test/temp-folder'
import { startVitte } from '#test/vitte'
import { waitFor } from '#test/wait-for'
import { enterBot } from './bot-chat.ts'
import { hits, scanFolder, scanRedis } from './byte-scan.ts'
import { leave } from './leaving-steps.ts'
import { answerDigest, rememberedBy } from './memory-steps.ts'

// Vitte with the PostgreSQL that it brings along, as most run it: the files are looked through byte by byte.
const port = await freePort()
const redis = await testRedis()
const sandbox = await startTestSandbox(undefined, { appUrl: `http://127.0.0.1:${port}` })
sandbox.model.control({ mode: 'echo' })
const folder = await tempFolder(wholeFile, 'vitte-bytes')
const places = { PORT: String(port), DATA_DIR: folder, REDIS_URL: redis.url }
const vitte = await startVitte(undefined, { ...places, ...sandboxEnvironment(sandbox) })
const database = await findEmbedded(folder)
assert.ok(database.state === 'running')
const pool = new pg.Pool({ connectionString: database.connectionString, max: 1, idleTimeoutMillis: 100 })

atEnd(wholeFile, () => pool.end())

/** Words that nobody else has, and that no compression shortens. */
const canary = (kind: string) => `${kind}${randomUUID().replaceAll('-', '')}`

interface Marks {
  name: string
  username: string
  mail: string
  text: string
  fact: string
  reminder: string
  request: string
}

/** Somebody who leaves something of each kind, by bot, site and Mini App; gives the bytes of each, and of their keys. */
async function live(marks: Marks) {
  const { id } = sandbox.telegram.addPerson({ firstName: marks.name, username: marks.username, languageCode: 'ru' })
  const bot = await enterBot(sandbox, id)
  const app = new Person(vitte.url)
  const { id: userId } = await app.openMiniApp(sandbox, id)
  await app.startConversation('arina')
  await app.talk(`app ${marks.text}`)
  const site = new Person(vitte.url)
  await site.signInByWidget(sandbox, id)
  await site.proveMail(sandbox, marks.mail)
  await site.talk(`site ${marks.text}`)
  bot.send(`bot ${marks.text}`)
  await bot.hears((text) => text === `bot ${marks.text}`)
  answerDigest(sandbox, `knows ${marks.fact}`, [{ line: 2, text: marks.fact }])
  await rememberedBy(app, marks.fact)
  bot.send(`/remind 2h ${marks.reminder}`)
  await bot.hears((text) => text.endsWith(marks.reminder))
  bot.send(`/paysupport ${marks.request}`)
  await bot.hears((text) => text.startsWith('Вопрос передан'))
  const page = await site.watch()
  const { rows } = await pool.query<{ wrapped_key: Buffer }>('SELECT wrapped_key FROM user_keys WHERE user_id = $1', [
    userId,
  ])
  const words = Object.entries(marks).map(([kind, word]) => [kind, Buffer.from(word)] as const)
  const keys = rows.map(({ wrapped_key: wrapped }, index) => [`key ${index}`, wrapped] as const)
  return { id, bot, app, site, userId, page, canaries: Object.fromEntries([...words, ...keys]) }
}

const marksOf = (): Marks => ({
  name: canary('Name'),
  username: canary('user').slice(0, 30),
  mail: `${canary('mail')}@example.org`,
  text: canary('text'),
  fact: canary('fact'),
  reminder: canary('remind'),
  request: canary('request'),
})

async function everywhere(canaries: Record<string, Buffer>) {
  await pool.query('CHECKPOINT')
  return {
    files: await scanFolder(folder, canaries),
    redis: await scanRedis(redis.url, canaries),
    logs: hits(Buffer.from(vitte.lines.join('\n')), canaries),
  }
}

test('after somebody was forgotten no byte of theirs is left in the files of the database, in Redis or in the logs', async () => {
  const stayed = await live(marksOf())
  const gone = await live(marksOf())
  const marks = { ...gone.canaries, user: Buffer.from(gone.userId) }
  const before = await everywhere(marks)
  for (const kind of ['name', 'username', 'mail', 'key 0']) {
    assert.ok(
      before.files.some((hit) => hit.startsWith(`${kind} in postgres/base/`)),
      `${kind}: ${before.files.join()}`,
    )
  }
  assert.ok(
    before.files.some((hit) => hit.includes('pg_wal/')),
    'the log of what was written is looked through',
  )
  assert.ok(
    before.redis.some((hit) => hit.startsWith('user in presence:')),
    before.redis.join(),
  )
  for (const kind of ['text', 'fact', 'reminder', 'request']) {
    assert.ok(!before.files.some((hit) => hit.startsWith(`${kind} in`)), `${kind} never lies there in the clear`)
  }
  granted(await leave(gone.site), 202)
  await pool.query('UPDATE erasures SET due_at = now()')
  await gone.page.ended
  await waitFor(() => vitte.logs('leaving.scrubbed').length > 0, {
    what: 'the files to be cleared',
    deadlineMs: 60_000,
  })
  const after = await everywhere(gone.canaries)
  assert.deepEqual(after, { files: [], redis: [], logs: [] })
  assert.deepEqual(await scanRedis(redis.url, marks), [])
  const { rows } = await pool.query('SELECT count(*)::integer AS count FROM erasures WHERE scrubbed_at IS NOT NULL')
  assert.equal(rows[0].count, 1)
  assert.ok(
    (await stayed.app.history()).some(({ text }) => text.startsWith('bot text')),
    'others keep what is theirs',
  )
  assert.ok((await scanFolder(folder, stayed.canaries)).some((hit) => hit.startsWith('name in')))
})
