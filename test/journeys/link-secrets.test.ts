import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { sql } from 'kysely'
import type { Answer } from '#test/client'
import { granted, type Person } from '#test/people'
import { waitFor } from '#test/wait-for'
import { startWorld } from '#test/world'
import { askForLink, codeOf, hearsNext, linksIn, said, telegramUser, webUser, wrongCode } from './link-steps.ts'

// Attacks on the secret of a link and on its code. Every request may name the address it comes from.
const world = await startWorld(undefined, { env: { TRUSTED_PROXIES: '127.0.0.1' } })
world.sandbox.model.control({ mode: 'echo' })

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

/** Sends requests from an address of its own: the limits of one test are not those of the next. */
function fromAddress(person: Person, token: unknown, address: string, deed = 'preview'): Promise<Answer> {
  return person.client.call(`/api/link/${deed}`, { body: { token }, headers: { 'x-forwarded-for': address } })
}
