import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { granted, Person } from '#test/people'
import { waitFor } from '#test/wait-for'
import { startWorld } from '#test/world'
import {
  ageProofs,
  askForLink,
  codeOf,
  connect,
  hearsNext,
  holdings,
  said,
  telegramUser,
  webUser,
  wrongCode,
} from './link-steps.ts'

// Each test is an attack on joining two users; the numbers are those of the list of attacks.
const world = await startWorld()
world.sandbox.model.control({ mode: 'echo' })

test('A26 a victim who opens the attacker’s link sees a foreign Telegram, and nothing has happened', async (t) => {
  const attacker = await telegramUser(world, t)
  const victim = await webUser(world, t, ['личное'])
  const before = await holdings(victim.site)
  const token = await askForLink(attacker.bot)
  for (let visit = 0; visit < 3; visit += 1) {
    const shown = granted(await victim.site.previewLink(token))
    assert.deepEqual([shown.telegram.displayName, shown.origin, shown.codeRequired], ['Вера', 'bot', true])
  }
  assert.deepEqual(await holdings(victim.site), before)
  assert.equal((await attacker.site.me()).identities.length, 1)
})

test('A27 a victim who also confirms gives the attacker nothing, and is warned by mail', async (t) => {
  const attacker = await telegramUser(world, t)
  const victim = await webUser(world, t, ['личное'])
  const before = await holdings(victim.site)
  const mails = world.sandbox.mailbox.mails().length
  const code = codeOf(await victim.site.confirmLink(await askForLink(attacker.bot)))
  const warning = await waitFor(() =>
    world.sandbox.mailbox
      .mails()
      .slice(mails)
      .find(({ to }) => to.includes(victim.email)),
  )
  assert.ok(!`${warning.subject} ${warning.text} ${warning.html}`.includes(code), 'the warning does not carry the code')
  const bystander = await telegramUser(world, t)
  bystander.bot.send(code)
  for (let guess = 1; guess <= 3; guess += 1) {
    await hearsNext(attacker.bot, () => attacker.bot.send(wrongCode(code, guess)))
  }
  assert.deepEqual(await holdings(victim.site), before)
  for (const { site } of [attacker, bystander]) assert.equal((await site.me()).identities.length, 1)
})

test('A27 the link alone does not let the attacker confirm for the victim', async (t) => {
  const attacker = await telegramUser(world, t)
  const victim = await webUser(world, t, ['личное'])
  const token = await askForLink(attacker.bot)
  codeOf(await victim.site.confirmLink(token))
  const before = await holdings(victim.site)
  const own = await webUser(world, t)
  assert.equal(said(await own.site.confirmLink(token)), '410 used')
  assert.deepEqual(await holdings(victim.site), before)
  assert.equal((await attacker.site.me()).identities.length, 1)
})

test('confirming from another site is refused, and the link stays open', async (t) => {
  const telegram = await telegramUser(world, t)
  const victim = await webUser(world, t)
  const token = await askForLink(telegram.bot)
  for (const origin of ['https://evil.example', 'null', `${world.vitte.url}.evil.example`]) {
    const body = { token }
    const answer = await victim.site.client.call('/api/link/confirm', { body, headers: { origin } })
    assert.equal(said(answer), '403 cross_site')
    assert.equal(answer.headers.get('access-control-allow-origin'), null)
  }
  granted(await victim.site.previewLink(token))
})

test('a page left open proves nothing: who signs in there cannot confirm from elsewhere', async (t) => {
  const attacker = await telegramUser(world, t)
  const victim = await webUser(world, t, ['личное'])
  await ageProofs(world, victim.userId)
  const before = await holdings(victim.site)
  const { token = '' } = granted(await victim.site.proveTelegram(world.sandbox, attacker.id))
  assert.equal(said(await victim.site.confirmLink(token)), '403 not_fresh')
  const outcome = said(await attacker.site.confirmLink(token))
  assert.deepEqual(await holdings(victim.site), before, outcome)
  assert.equal((await attacker.site.me()).identities.length, 1)
})

test('a page of Telegram left open: who proves a mail of their own there gets nothing by it', async (t) => {
  const victim = await telegramUser(world, t, ['личное'])
  const attacker = await webUser(world, t, ['своё'])
  await ageProofs(world, victim.userId)
  const before = await holdings(victim.site)
  const { token = '' } = granted(await victim.site.proveMail(world.sandbox, attacker.email))
  assert.equal(said(await victim.site.confirmLink(token)), '403 not_fresh')
  const again = new Person(world.vitte.url, t)
  await again.signInByMail(world.sandbox, attacker.email)
  const outcome = said(await again.confirmLink(token))
  assert.deepEqual(await holdings(victim.site), before, outcome)
  assert.equal((await again.me()).user.id, attacker.userId)
})

test('a link between two proven logins is not there for anybody else', async (t) => {
  const [telegram, web, other] = [
    await telegramUser(world, t),
    await webUser(world, t, ['личное']),
    await webUser(world, t),
  ]
  const { token = '' } = granted(await web.site.proveTelegram(world.sandbox, telegram.id))
  assert.equal(said(await other.site.previewLink(token)), '404 not_found')
  assert.equal(said(await other.site.confirmLink(token)), '404 not_found')
  granted(await web.site.previewLink(token))
})

test('A33 every way into the web user is shown before joining, a stranger’s too', async (t) => {
  const telegram = await telegramUser(world, t)
  const victim = await webUser(world, t)
  granted(await victim.site.proveMail(world.sandbox, `trojan-${victim.email}`))
  const shown = granted(await victim.site.previewLink(await askForLink(telegram.bot)))
  assert.deepEqual(shown.logins.map(({ displayName }) => displayName).toSorted(), [
    victim.email,
    `trojan-${victim.email}`,
  ])
  assert.equal(shown.codeRequired, true, 'a second login is something to lose')
})

test('A32 A68 sessions of the joined user end, and their pages close; the one that confirmed goes on', async (t) => {
  const telegram = await telegramUser(world, t)
  const victim = await webUser(world, t, ['личное'])
  const thief = new Person(world.vitte.url, t)
  await thief.signInByMail(world.sandbox, victim.email)
  const thievesPage = await thief.watch()
  const ownPage = await victim.site.watch()
  const stolen = cookieOf(victim.site)
  await connect(world, victim.site, telegram.id)
  await Promise.all([thievesPage.ended, ownPage.ended])
  assert.equal((await thief.client.call('/api/me')).status, 401)
  assert.equal((await victim.site.me()).user.id, telegram.userId)
  assert.notEqual(cookieOf(victim.site), stolen, 'the session that moved has a new secret')
  await sql`UPDATE sessions SET previous_valid_until = now() - interval '1 second' WHERE user_id = ${telegram.userId}`.execute(
    world.database.db,
  )
  const answer = await fetch(new URL('/api/me', world.vitte.url), { headers: { cookie: stolen } })
  assert.equal(answer.status, 401, 'the old secret is over after its minute')
  assert.equal((await victim.site.client.call('/api/me')).status, 200)
})

test('A34 what was asked for before a link is void after it', async (t) => {
  const [wanted, other] = [await telegramUser(world, t), await telegramUser(world, t)]
  const victim = await webUser(world, t, ['личное'])
  const elsewhere = new Person(world.vitte.url, t)
  await elsewhere.signInByMail(world.sandbox, victim.email)
  const { token = '' } = granted(await elsewhere.proveTelegram(world.sandbox, other.id))
  const pending = await askForLink(other.bot)
  codeOf(await victim.site.confirmLink(pending))
  await connect(world, victim.site, wanted.id)
  const joined = await holdings(victim.site)
  for (const old of [token, pending]) assert.equal(said(await victim.site.confirmLink(old)), '410 superseded')
  const back = new Person(world.vitte.url, t)
  await back.signInByMail(world.sandbox, victim.email)
  assert.equal(said(await back.confirmLink(token)), '410 superseded')
  assert.deepEqual(await holdings(victim.site), joined)
  assert.equal((await other.site.me()).identities.length, 1)
})

function cookieOf(person: Person): string {
  return [...person.client.cookies()].map(([name, value]) => `${name}=${value}`).join('; ')
}
