import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import type { Problem } from '#contract/api'
import { granted, Person } from '#test/people'
import { waitFor } from '#test/wait-for'
import { startWorld } from '#test/world'
import {
  ageProofs,
  askForLink,
  assertWhole,
  codeOf,
  hearsNext,
  holdings,
  said,
  telegramUser,
  webUser,
  wrongCode,
} from './link-steps.ts'

// SPEC, user story 6: joining the site to the bot by /link.
const world = await startWorld()
world.sandbox.model.control({ mode: 'echo' })

async function endLinks(): Promise<void> {
  await sql`UPDATE link_tokens SET expires_at = now() - interval '1 second' WHERE state = 'open'`.execute(
    world.database.db,
  )
}

test('US6.1 /link answers with a link of its own each time, for ten minutes', async (t) => {
  const { bot, userId } = await telegramUser(world, t)
  const [first, second] = [await askForLink(bot), await askForLink(bot)]
  assert.notEqual(first, second)
  assert.ok(bot.texts().some((text) => text.includes(`${world.vitte.url}/link#${second}`) && /\b10\b/.test(text)))
  const { rows } = await sql<{ seconds: number }>`
    SELECT extract(epoch FROM expires_at - created_at)::integer AS seconds FROM link_tokens
    WHERE telegram_user_id = ${userId}
  `.execute(world.database.db)
  assert.deepEqual(rows, [{ seconds: 600 }, { seconds: 600 }])
})

test('US6.2 opened by somebody signed in with nothing to lose: shown, confirmed, linked', async (t) => {
  const telegram = await telegramUser(world, t, ['разговор в боте'])
  const web = await webUser(world, t)
  const token = await askForLink(telegram.bot)
  const shown = granted(await web.site.previewLink(token))
  assert.deepEqual([shown.telegram.displayName, shown.web.email], ['Вера', web.email])
  assert.deepEqual([shown.origin, shown.codeRequired, shown.moves.messages], ['bot', false, 0])
  assert.equal((await web.site.me()).identities.length, 1, 'opening changes nothing')
  const told = await hearsNext(telegram.bot, async () =>
    assert.equal(said(await web.site.confirmLink(token)), '200 linked'),
  )
  assert.ok(!told.includes('/link#'), told)
  const joined = await holdings(web.site)
  assert.equal(joined.userId, telegram.userId)
  assert.equal(joined.logins.length, 2)
  assert.equal(joined.credits.basic, 59)
  assert.equal(said(await web.site.previewLink(token)), '410 used')
})

test('US6.2 with something to lose, the code goes into the chat that gave the link', async (t) => {
  const telegram = await telegramUser(world, t, ['разговор в боте'])
  const web = await webUser(world, t, ['разговор на сайте'])
  const [left, right] = [await holdings(telegram.site), await holdings(web.site)]
  const token = await askForLink(telegram.bot)
  assert.equal(granted(await web.site.previewLink(token)).codeRequired, true)
  const code = codeOf(await web.site.confirmLink(token))
  assert.match(code, /^\d{6}$/)
  await hearsNext(telegram.bot, () => telegram.bot.send(wrongCode(code)))
  assert.deepEqual(await holdings(web.site), right, 'a wrong code moves nothing')
  const page = await telegram.site.watch()
  telegram.bot.send(`${code.slice(0, 3)} ${code.slice(3)}`)
  await page.next('reset')
  await waitFor(async () => (await web.site.me()).identities.length === 2)
  const joined = await holdings(web.site)
  assert.deepEqual(joined.lines, [...left.lines, ...right.lines], 'and the code is in no history')
  assert.equal(joined.credits.basic, left.credits.basic + right.credits.basic)
  await assertWhole(world, web.site, telegram.userId, web.userId)
})

test('US6.2 whoever is not signed in yet is asked to, and the link waits', async (t) => {
  const { bot, userId } = await telegramUser(world, t)
  const token = await askForLink(bot)
  const page = new Person(world.vitte.url, t)
  assert.equal(said(await page.previewLink(token)), '401 unauthorized')
  assert.equal(said(await page.confirmLink(token)), '401 unauthorized')
  await page.signInByMail(world.sandbox, 'came-by-link@example.org')
  granted(await page.previewLink(token))
  assert.equal(said(await page.confirmLink(token)), '200 linked')
  assert.equal((await page.me()).user.id, userId)
})

test('US6.2 a session that proved its login long ago proves it again, and the link is still good', async (t) => {
  const { bot } = await telegramUser(world, t)
  const web = await webUser(world, t)
  const token = await askForLink(bot)
  await ageProofs(world, web.userId)
  assert.equal(granted(await web.site.previewLink(token)).fresh, false)
  assert.equal(said(await web.site.confirmLink(token)), '403 not_fresh')
  await web.site.signInByMail(world.sandbox, web.email)
  assert.equal(said(await web.site.confirmLink(token)), '200 linked')
})

test('US6.3 a link of ten minutes ago says so and how to get another', async (t) => {
  const { bot } = await telegramUser(world, t)
  const web = await webUser(world, t)
  const token = await askForLink(bot)
  await endLinks()
  for (const answer of [await web.site.previewLink(token), await web.site.confirmLink(token)]) {
    assert.equal(said(answer), '410 expired')
    assert.match((answer.body as unknown as Problem).detail, /ссылк/i)
    assert.match((answer.body as unknown as Problem).detail, /\/link/)
  }
  assert.equal((await web.site.me()).identities.length, 1)
  granted(await web.site.previewLink(await askForLink(bot)))
})

test('US6.3 a code of five minutes ago joins nothing, and the page says so', async (t) => {
  const { bot } = await telegramUser(world, t)
  const web = await webUser(world, t, ['есть что терять'])
  const token = await askForLink(bot)
  const code = codeOf(await web.site.confirmLink(token))
  await sql`UPDATE link_tokens SET code_expires_at = now() - interval '1 second' WHERE code_hash IS NOT NULL`.execute(
    world.database.db,
  )
  await hearsNext(bot, () => bot.send(code))
  assert.equal((await web.site.me()).identities.length, 1)
})
