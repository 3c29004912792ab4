import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { sql } from 'kysely'
import { Person } from '#test/people'
import { startWorld } from '#test/world'
import { connect, telegramUser, webUser } from './link-steps.ts'
import { callRoute, proofOf, readRoutes, statusWith } from './route-steps.ts'

/** Anybody may call these: ways in, the bot's webhook (its own secret), and operations. */
const PUBLIC_ROUTES = [
  'GET /api/auth/options',
  // By the secret in it and the session that asked; see leaving.test.ts.
  'GET /api/exports/{token}',
  'GET /api/legal/{document}',
  'GET /api/openapi.json',
  'GET /auth/telegram/widget',
  'GET /auth/telegram/widget/callback',
  'GET /auth/{provider}',
  'GET /auth/{provider}/callback',
  'GET /healthz',
  'GET /metrics',
  'GET /readyz',
  'POST /api/auth/email/start',
  'POST /api/auth/email/verify',
  'POST /api/auth/sign-out',
  'POST /api/auth/telegram/mini-app',
  'POST /api/auth/telegram/widget',
  'POST /telegram/webhook',
]

const [NO_OPERATOR, OPERATOR] = [700_000_001, 700_000_002]

const world = await startWorld(undefined, { env: { ADMIN_TELEGRAM_IDS: String(OPERATOR) } })
world.sandbox.model.control({ mode: 'echo' })
const { url } = world.vitte
const nobody = new Person(url)
const routes = await readRoutes(url)
const [ofUsers, ofOperators] = ['user', 'operator'].map((owner) => routes.filter((each) => each['x-owner'] === owner))
assert.ok(ofUsers && ofOperators)

/** What is answered to whoever brings the proof of a session that is over. */
async function assertOver(proof: object, who: string): Promise<void> {
  for (const route of ofUsers ?? []) {
    assert.equal(await statusWith(url, route, proof), 401, `${who}: ${route.method} ${route.path}`)
  }
  for (const route of ofOperators ?? []) {
    assert.equal(await statusWith(url, route, proof), 404, `${who}: ${route.method} ${route.path}`)
  }
}

test('every route says whose it is, and the public ones are those we know', () => {
  assert.ok(routes.length > 20)
  assert.deepEqual(
    routes.filter((route) => !['user', 'operator', 'public'].includes(route['x-owner'] ?? '')),
    [],
  )
  const open = routes.filter((route) => route['x-owner'] === 'public').map(({ method, path }) => `${method} ${path}`)
  assert.deepEqual(open.toSorted(), PUBLIC_ROUTES)
})

test('the table of routes has each of them, under whose it is', async () => {
  const sections = (await readFile('docs/routes.md', 'utf8')).split(/^## /m)
  for (const { method, path, 'x-owner': owner } of routes) {
    const section = sections.find((each) => each.startsWith(`${owner}: `)) ?? ''
    const written = section.replace('<deed>', path.split('/').at(-1) ?? '')
    assert.ok(written.includes(`| ${method} | \`${path}\` |`), `${method} ${path}`)
  }
})

test('nobody gets 401 on every route of a user and 404 on every route of operators', async () => {
  for (const route of routes.filter((each) => each['x-owner'] !== 'public')) {
    const wanted = route['x-owner'] === 'operator' ? 404 : 401
    assert.equal((await callRoute(nobody, route)).status, wanted, `${route.method} ${route.path}`)
  }
})

test('a user gets 404 on every route of operators, the same as where there is no route', async (t) => {
  const person = new Person(url, t)
  await person.signInByWidget(world.sandbox, NO_OPERATOR)
  const absent = await person.client.call(`/api/admin/${randomUUID()}`)
  assert.ok(ofOperators.length >= 3)
  for (const route of ofOperators) {
    const answer = await callRoute(person, route)
    assert.deepEqual([answer.status, answer.body], [404, absent.body], `${route.method} ${route.path}`)
  }
})

test('a user, and an operator like every other, gets 404 for every id that is not theirs', async (t) => {
  const person = new Person(url, t)
  await person.signInByMail(world.sandbox, 'sweep@example.org')
  await person.confirmAdult()
  const operator = new Person(url, t)
  await operator.signInByWidget(world.sandbox, OPERATOR)
  await operator.confirmAdult()
  const withIds = ofUsers.filter((each) => each.path.includes('{'))
  assert.ok(withIds.length > 4)
  for (const route of withIds) {
    for (const who of [person, operator]) {
      assert.equal((await callRoute(who, route)).status, 404, `${route.method} ${route.path}`)
    }
  }
})

test('an operator is refused what does not exist, and nothing breaks by it', async (t) => {
  const operator = new Person(url, t)
  await operator.signInByWidget(world.sandbox, OPERATOR)
  for (const route of ofOperators) {
    const { status } = await callRoute(operator, route)
    assert.ok(status < 500, `${route.method} ${route.path} answered ${status}`)
    if (route.path.includes('{')) assert.ok(status >= 400, `${route.method} ${route.path} answered ${status}`)
  }
})

test('a session that has ended opens nothing any more, and its stream closes', async (t) => {
  const person = new Person(url, t)
  await person.signInByMail(world.sandbox, 'leaving@example.org')
  const proof = proofOf(person)
  const page = await person.watch()
  await person.client.call('/api/auth/sign-out', { method: 'POST' })
  await page.ended
  await assertOver(proof, 'signed out')
})

test('somebody who became part of another is nobody with what they had before', async (t) => {
  const [telegram, web] = [await telegramUser(world, t), await webUser(world, t, ['личное'])]
  const elsewhere = new Person(url, t)
  await elsewhere.signInByMail(world.sandbox, web.email)
  const [here, there] = [proofOf(web.site), proofOf(elsewhere)]
  await connect(world, web.site, telegram.id)
  await assertOver(there, 'absorbed, another browser')
  await web.site.me()
  await sql`UPDATE sessions SET previous_valid_until = now() - interval '1 second' WHERE user_id = ${telegram.userId}`.execute(
    world.database.db,
  )
  await assertOver(here, 'absorbed, the secret of before')
})

test('somebody who is gone is nobody on every route, by cookie and by bearer, and comes back as a new person', async (t) => {
  const person = await telegramUser(world, t, ['что было'])
  const app = new Person(url, t)
  await app.openMiniApp(world.sandbox, person.id)
  const page = await app.watch()
  await erase(person.userId)
  for (const who of [person.site, app]) await assertOver(proofOf(who), 'gone')
  await page.ended
  const again = new Person(url, t)
  assert.notEqual((await again.openMiniApp(world.sandbox, person.id)).id, person.userId)
  assert.deepEqual(await again.history(), [])
  await assertOver(proofOf(app), 'gone, and there again')
})

/** What of somebody is left in the tables of sign-in once they are forgotten. */
async function erase(userId: string): Promise<void> {
  const { db } = world.database
  await sql`DELETE FROM sessions WHERE user_id = ${userId}`.execute(db)
  await sql`DELETE FROM identities WHERE user_id = ${userId}`.execute(db)
  await sql`UPDATE users SET erased_at = now(), display_name = '', adult_confirmed_at = NULL WHERE id = ${userId}`.execute(
    db,
  )
}
