import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { Person } from '#test/people'
import { startWorld } from '#test/world'

interface Operation {
  'x-owner'?: string
  requestBody?: unknown
}
interface OpenApi {
  paths: Record<string, Record<string, Operation>>
}

/** Anybody may call these: ways in, the bot's webhook (its own secret), and operations. */
const PUBLIC_ROUTES = [
  'GET /api/auth/options',
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

/** What a route wants to be told before it looks for the id. */
const BODIES: Record<string, object> = { 'PATCH /api/memory/{id}': { text: 'x' } }

const [NO_OPERATOR, OPERATOR] = [700_000_001, 700_000_002]

const world = await startWorld(undefined, { env: { ADMIN_TELEGRAM_IDS: String(OPERATOR) } })
const nobody = new Person(world.vitte.url)
const { body } = await nobody.client.call<OpenApi>('/api/openapi.json')
const routes = Object.entries(body.paths).flatMap(([path, operations]) =>
  Object.entries(operations).map(([method, operation]) => ({ path, method: method.toUpperCase(), ...operation })),
)
const call = (person: Person, { path, method, requestBody }: (typeof routes)[number]) =>
  person.client.call(path.replaceAll(/\{\w+\}/g, randomUUID()), {
    method,
    ...(requestBody ? { body: BODIES[`${method} ${path}`] ?? {} } : {}),
  })

test('every route says whose it is, and the public ones are those we know', () => {
  assert.ok(routes.length > 20)
  assert.deepEqual(
    routes.filter((route) => !['user', 'operator', 'public'].includes(route['x-owner'] ?? '')),
    [],
  )
  const open = routes.filter((route) => route['x-owner'] === 'public').map(({ method, path }) => `${method} ${path}`)
  assert.deepEqual(open.toSorted(), PUBLIC_ROUTES)
})

test('nobody gets 401 on every route of a user and 404 on every route of operators', async () => {
  for (const route of routes.filter((each) => each['x-owner'] !== 'public')) {
    const wanted = route['x-owner'] === 'operator' ? 404 : 401
    assert.equal((await call(nobody, route)).status, wanted, `${route.method} ${route.path}`)
  }
})

test('a user gets 404 on every route of operators', async (t) => {
  const person = new Person(world.vitte.url, t)
  await person.signInByWidget(world.sandbox, NO_OPERATOR)
  const hidden = routes.filter((each) => each['x-owner'] === 'operator')
  assert.ok(hidden.length >= 3)
  for (const route of hidden) {
    assert.equal((await call(person, route)).status, 404, `${route.method} ${route.path}`)
  }
})

test('a user gets 404 for every id that is not theirs', async (t) => {
  const person = new Person(world.vitte.url, t)
  await person.signInByMail(world.sandbox, 'sweep@example.org')
  await person.confirmAdult()
  const withIds = routes.filter((each) => each['x-owner'] === 'user' && each.path.includes('{'))
  assert.ok(withIds.length > 4)
  for (const route of withIds) {
    assert.equal((await call(person, route)).status, 404, `${route.method} ${route.path}`)
  }
})

test('a session that has ended opens nothing any more, and its stream closes', async (t) => {
  const person = new Person(world.vitte.url, t)
  await person.signInByMail(world.sandbox, 'leaving@example.org')
  const cookies = [...person.client.cookies()].map(([name, value]) => `${name}=${value}`).join('; ')
  const page = await person.watch()
  await person.client.call('/api/auth/sign-out', { method: 'POST' })
  await page.ended
  for (const route of routes.filter((each) => each['x-owner'] === 'user')) {
    const url = new URL(route.path.replaceAll(/\{\w+\}/g, randomUUID()), world.vitte.url)
    const answer = await fetch(url, {
      method: route.method,
      headers: { cookie: cookies, origin: world.vitte.url, 'content-type': 'application/json' },
      body: route.requestBody ? '{}' : null,
    })
    assert.equal(answer.status, 401, `${route.method} ${route.path}`)
  }
})
