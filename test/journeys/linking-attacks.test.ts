import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
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
  fromAddress,
  hearsNext,
  holdings,
  linksIn,
  said,
  telegramUser,
  webUser,
  wrongCode,
} from './link-steps.ts'

// Each test is an attack on linking; the numbers are those of the list of attacks. Every request may name its address.
const world = await startWorld(undefined, { env: { TRUSTED_PROXIES: '127.0.0.1' } })
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
  for (const deed of ['preview', 'confirm']) {
    assert.equal(said(await fromAddress(other.site, token, '198.51.100.4', deed)), '404 not_found')
  }
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

test('A36 guessed links are unknown, and guessing ends', async (t) => {
  const { site } = await webUser(world, t)
  const real = await askForLink((await telegramUser(world, t)).bot)
  const flipped = real.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))
  const guesses = ['', 'x', flipped, `${real}x`, real.toUpperCase(), ` ${real}`, '\u0000', '../me']
  while (guesses.length < 10) guesses.push(randomBytes(32).toString('base64url'))
  for (const guess of guesses) {
    assert.equal(said(await fromAddress(site, guess, '198.51.100.1')), '404 not_found', JSON.stringify(guess))
  }
  const eleventh = await fromAddress(site, randomBytes(32).toString('base64url'), '198.51.100.1')
  assert.equal(said(eleventh), '429 rate_limited')
  assert.ok(Number(eleventh.headers.get('retry-after')) > 0)
  assert.equal(said(await fromAddress(site, 'x', '198.51.100.1', 'confirm')), '429 rate_limited')
  assert.equal((await fromAddress(site, real, '198.51.100.2')).status, 200, 'others are not held up')
})

test('a token of another kind is refused as input, whatever it is', async (t) => {
  const { site } = await webUser(world, t)
  for (const token of [42, null, true, ['x'], { $ne: null }, undefined]) {
    assert.equal((await fromAddress(site, token, '198.51.100.3')).status, 422, JSON.stringify(token))
  }
})

test('A39 a secret in the address is not taken, and looking at the page changes nothing', async (t) => {
  const telegram = await telegramUser(world, t)
  const { site } = await webUser(world, t)
  const token = await askForLink(telegram.bot)
  for (const path of [`/link?t=${token}`, `/link?token=${token}`, `/link/${token}`, '/link']) {
    const page = await site.client.request(path, { headers: { accept: 'text/html' } })
    assert.equal(page.headers.get('referrer-policy'), 'no-referrer')
    assert.match(page.headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/)
    await page.body?.cancel()
  }
  for (const deed of ['preview', 'confirm']) {
    const byQuery = await site.client.call(`/api/link/${deed}?token=${token}`, { body: {} })
    assert.equal(byQuery.status, 422)
    assert.equal((await site.client.call(`/api/link/${deed}?token=${token}`)).status, 405)
  }
  assert.equal(granted(await site.previewLink(token)).origin, 'bot')
  assert.equal((await site.me()).identities.length, 1)
})

test('A40 three wrong codes void a link; after three such links the bot gives no more for a day', async (t) => {
  const telegram = await telegramUser(world, t)
  const victim = await webUser(world, t, ['личное'])
  for (let round = 0; round < 3; round += 1) {
    const token = await askForLink(telegram.bot)
    const code = codeOf(await victim.site.confirmLink(token))
    for (let guess = 1; guess <= 3; guess += 1) {
      await hearsNext(telegram.bot, () => telegram.bot.send(wrongCode(code, guess)))
    }
    assert.equal(said(await victim.site.previewLink(token)), '410 voided')
    telegram.bot.send(code)
    await waitFor(() => world.sandbox.telegram.pendingUpdates().length === 0)
    assert.equal((await victim.site.me()).identities.length, 1, 'even the right one is too late')
  }
  const links = linksIn(telegram.bot).length
  await hearsNext(telegram.bot, () => telegram.bot.send('/link'))
  assert.equal(linksIn(telegram.bot).length, links)
})

test('A40 a new code for the same link brings no new tries, and the old code is dead', async (t) => {
  const telegram = await telegramUser(world, t)
  const victim = await webUser(world, t, ['личное'])
  const token = await askForLink(telegram.bot)
  const first = codeOf(await victim.site.confirmLink(token))
  await hearsNext(telegram.bot, () => telegram.bot.send(wrongCode(first)))
  const second = codeOf(await victim.site.confirmLink(token))
  for (const code of [first, wrongCode(second)]) await hearsNext(telegram.bot, () => telegram.bot.send(code))
  assert.equal(said(await victim.site.previewLink(token)), '410 voided')
  assert.equal((await victim.site.me()).identities.length, 1)
})

test('A17 a link in /start or in a start parameter links nothing, and /link in a group is not heard', async (t) => {
  const telegram = await telegramUser(world, t)
  const { site } = await webUser(world, t)
  const token = await askForLink(telegram.bot)
  await hearsNext(telegram.bot, () => telegram.bot.send(`/start ${token}`))
  const initData = world.sandbox.telegram.initData(telegram.id, { startParam: token })
  assert.equal((await site.client.call('/api/auth/telegram/mini-app', { body: { initData } })).status, 200)
  const { rows } = await sql<{ state: string }>`
    SELECT state FROM link_tokens WHERE telegram_user_id = ${telegram.userId}
  `.execute(world.database.db)
  assert.deepEqual(rows, [{ state: 'open' }])
  world.sandbox.telegram.pushUpdate(
    {
      message: {
        message_id: 1,
        date: Math.floor(Date.now() / 1000),
        text: '/link',
        from: { id: telegram.id, is_bot: false, first_name: 'Вера' },
        chat: { id: -telegram.id, type: 'group', title: 'Группа' },
      },
    },
    telegram.id,
  )
  await waitFor(() => world.sandbox.telegram.pendingUpdates().length === 0)
  assert.equal(granted(await site.previewLink(token)).origin, 'bot', 'the link of the private chat is still the newest')
})

test('no line of the log has a link, a code or an address in it', async (t) => {
  const telegram = await telegramUser(world, t)
  const web = await webUser(world, t, ['личное'])
  const token = await askForLink(telegram.bot)
  const code = codeOf(await web.site.confirmLink(token))
  const page = await telegram.site.watch()
  telegram.bot.send(code)
  await page.next('reset')
  const log = world.vitte.lines.join('\n')
  for (const secret of [...linksIn(telegram.bot), web.email, `"${code}"`, 'личное', 'Вера']) {
    assert.ok(!log.includes(secret), secret)
  }
  const { rows } = await sql<{ text: string }>`
    SELECT coalesce((SELECT string_agg(audit_events::text, '') FROM audit_events), '')
      || (SELECT string_agg(link_tokens::text, '') FROM link_tokens)
      || (SELECT string_agg(deliveries::text, '') FROM deliveries) AS text
  `.execute(world.database.db)
  for (const secret of [token, web.email]) assert.ok(!rows[0]?.text.includes(secret), secret)
})

function cookieOf(person: Person): string {
  return [...person.client.cookies()].map(([name, value]) => `${name}=${value}`).join('; ')
}
