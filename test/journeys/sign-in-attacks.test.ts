import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { serve } from '@hono/node-server'
import type { Answer } from '#test/client'
import { freePort } from '#test/free-port'
import { granted, Person } from '#test/people'
import { startWorld } from '#test/world'
import { startIssuer } from '../../sandbox/oidc/index.ts'
import { holdings, said, stranger, telegramUser, webUser } from './link-steps.ts'

// A second provider, one that asserts addresses; Telegram's own never does.
const VICTIM = 'victim@example.org'
const IMPOSTOR = { id: 41, firstName: 'Имя', languageCode: 'ru', email: VICTIM }
const BOTH = { id: 42, firstName: 'Вера', languageCode: 'ru', email: 'both@example.org' }
const issuerPort = await freePort()
const client = { clientId: 'vitte', clientSecret: 'known-to-both' }
const issuerUrl = `http://127.0.0.1:${issuerPort}`
const issuer = startIssuer({
  ...client,
  issuer: issuerUrl,
  flavour: 'generic',
  people: () => [IMPOSTOR, BOTH],
  redirectAllowed: () => true,
})
const issuerServer = serve({ fetch: issuer.routes.fetch, port: issuerPort, hostname: '127.0.0.1' })
const world = await startWorld(undefined, {
  env: {
    OIDC_OTHER_ISSUER: issuerUrl,
    OIDC_OTHER_CLIENT_ID: client.clientId,
    OIDC_OTHER_CLIENT_SECRET: client.clientSecret,
  },
})
world.sandbox.model.control({ mode: 'echo' })
test.after(() => issuerServer.close())

/** A page signed in as somebody new, with what it has. */
async function victimOf(t: TestContext) {
  const web = await webUser(world, t, ['личное'])
  return { ...web, before: await holdings(web.site) }
}

test('A18 signed data in an address is refused and not logged', async () => {
  const initData = world.sandbox.telegram.initData(700_000_001)
  const nobody = new Person(world.vitte.url)
  for (const name of ['initData', 'tgWebAppData']) {
    assert.equal((await nobody.client.call(`/api/me?${name}=${encodeURIComponent(initData)}`)).status, 400)
  }
  const hash = new URLSearchParams(initData).get('hash') ?? ''
  assert.ok(hash !== '' && !world.vitte.lines.join('\n').includes(hash))
})

test('A24 an attacker’s way back from Telegram, opened in a signed-in victim’s browser, adds nothing', async (t) => {
  const victim = await victimOf(t)
  const { id } = stranger(world)
  const attacker = new Person(world.vitte.url, t)
  const foreign = await attacker.agreeAt('telegram', id)
  assert.equal(said(await victim.site.client.call(foreign)), '403 sign_in_state')
  await victim.site.agreeAt('telegram', id)
  assert.equal(said(await victim.site.client.call(foreign)), '403 sign_in_state', 'with a login of their own under way')
  assert.deepEqual(await holdings(victim.site), victim.before)
})

test('A24 a widget payload sent from another site adds nothing to who is signed in', async (t) => {
  const victim = await victimOf(t)
  const { id } = stranger(world)
  const answer = await victim.site.client.call('/api/auth/telegram/widget', {
    body: world.sandbox.telegram.widget(id),
    headers: { origin: 'https://evil.example' },
  })
  assert.equal(said(answer), '403 cross_site')
  assert.deepEqual(await holdings(victim.site), victim.before)
})

test('A31 who only asked for a code for somebody’s address has nothing of theirs later', async (t) => {
  const attacker = new Person(world.vitte.url, t)
  await attacker.mailCode(world.sandbox, VICTIM)
  assert.equal((await attacker.client.call('/api/me')).status, 401)
  const guess = await attacker.client.call('/api/auth/email/verify', { body: { email: VICTIM, code: 'abcdef' } })
  assert.equal(said(guess), '401 invalid_code')
  const telegram = await telegramUser(world, t)
  const joined = granted(await telegram.site.proveMail(world.sandbox, VICTIM))
  assert.equal(joined.user.id, telegram.userId)
  assert.equal((await attacker.client.call('/api/me')).status, 401)
})

test('A31 A35 a provider that asserts somebody’s address, verified or not, opens nothing of theirs', async (t) => {
  const owner = new Person(world.vitte.url, t)
  const user = await owner.signInByMail(world.sandbox, VICTIM)
  const seen = new Set<string>()
  for (const fault of ['unverified-email', null] as const) {
    if (fault) issuer.control({ next: [{ fault }] })
    const attacker = new Person(world.vitte.url, t)
    assert.equal((await attacker.enterThrough('other', IMPOSTOR.id)).status, 302)
    const me = await attacker.me()
    assert.notEqual(me.user.id, user.id)
    assert.deepEqual(
      me.identities.map(({ provider }) => provider),
      ['other'],
    )
    seen.add(me.user.id)
  }
  assert.equal(seen.size, 1, 'one subject is one user')
})

test('a provider added on purpose is one more way to the same user', async (t) => {
  const telegram = await telegramUser(world, t)
  const landed = await telegram.site.enterThrough('other', BOTH.id)
  assert.deepEqual([landed.status, landed.headers.get('location')], [302, '/chat'])
  const page = new Person(world.vitte.url, t)
  await page.enterThrough('other', BOTH.id)
  assert.equal((await page.me()).user.id, telegram.userId)
})

test('A69 known and unknown addresses get the same answers, word for word and header for header', async (t) => {
  const known = await webUser(world, t)
  const signedIn = await webUser(world, t)
  const tell = ({ status, headers, body }: Answer) => [
    status,
    body,
    [...headers].filter(([name]) => !['date', 'content-length'].includes(name)),
  ]
  for (const person of [new Person(world.vitte.url, t), signedIn.site]) {
    const start = (email: string) => person.client.call('/api/auth/email/start', { body: { email } })
    const verify = (email: string) => person.client.call('/api/auth/email/verify', { body: { email, code: '000000x' } })
    assert.deepEqual(tell(await start(known.email)), tell(await start('nobody-here@example.org')))
    assert.deepEqual(tell(await verify(known.email)), tell(await verify('nobody-here@example.org')))
    assert.deepEqual(tell(await verify(known.email)), tell(await verify('never-asked@example.org')))
  }
})

test('A69 how long an answer takes is told, for whoever compares', async (t) => {
  const page = new Person(world.vitte.url, t)
  const times = new Map<string, number[]>()
  const measure = async (name: string, deed: string, body: object) => {
    const start = performance.now()
    await page.client.call(`/api/auth/email/${deed}`, { body })
    times.set(name, [...(times.get(name) ?? []), performance.now() - start])
  }
  for (let round = 0; round < 12; round += 1) {
    const { email: known } = await webUser(world, t)
    const pair: [string, string][] = [
      ['known', known],
      ['unknown', `un${known}`],
    ]
    // Whoever is asked about first finds the process colder.
    for (const [who, email] of round % 2 === 0 ? pair : pair.toReversed()) {
      await measure(`start, ${who}`, 'start', { email })
      await measure(`verify, ${who}`, 'verify', { email, code: 'x' })
    }
  }
  for (const [name, all] of times) {
    const median = all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)]
    t.diagnostic(`${name} address: ${median?.toFixed(1)} ms`)
  }
})
