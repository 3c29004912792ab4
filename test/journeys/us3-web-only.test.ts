import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Answer } from '#test/client'
import { granted, Person } from '#test/people'
import { startWorld } from '#test/world'
import { ageProofs, assertWhole, FIRST_STORY, holdings, said, stranger, telegramUser, webUser } from './link-steps.ts'

// SPEC, user story 3: somebody who came by the web and may connect Telegram later.
const world = await startWorld()
world.sandbox.model.control({ mode: 'echo' })

test('US3.1 a new reader by mail talks within smaller limits and is offered Telegram at every visit', async (t) => {
  const { email, site } = await webUser(world, t, ['первый вопрос'])
  assert.deepEqual((await site.me()).credits, { basic: 9, pro: 0, cassandra: 0 })
  for (let visit = 0; visit < 3; visit += 1) {
    const page = new Person(world.vitte.url, t)
    await page.signInByMail(world.sandbox, email)
    const { identities, offers } = await page.me()
    assert.deepEqual(
      identities.map(({ channel, provider }) => [channel, provider]),
      [['web', 'email']],
    )
    assert.ok((offers.connectTelegram?.reasons.length ?? 0) > 0)
  }
})

test('US3.2 a Telegram nobody knows yet: after a word on the page the reader is its user, with its gift', async (t) => {
  const { site, userId } = await webUser(world, t, ['ещё без Telegram'])
  const before = await holdings(site)
  const { id } = stranger(world)
  const { token = '' } = granted(await site.proveTelegram(world.sandbox, id))
  assert.deepEqual(await holdings(site), before)
  assert.equal(said(await site.confirmLink(token)), '200 linked')
  const after = await holdings(site)
  assert.deepEqual(after.lines, before.lines)
  assert.equal(after.conversationId, before.conversationId)
  assert.deepEqual(after.credits, { basic: 59, pro: 5, cassandra: 3 })
  assert.equal(after.logins.length, 2)
  assert.equal((await site.me()).offers.connectTelegram, null)
  const miniApp = new Person(world.vitte.url, t)
  assert.equal((await miniApp.openMiniApp(world.sandbox, id)).id, after.userId)
  await assertWhole(world, site, after.userId, userId)
})

test('US3.2 a Telegram with a history of its own: shown first, then both histories and balances are one', async (t) => {
  const telegram = await telegramUser(world, t, ['бот помнит', 'бот помнит и это'])
  const web = await webUser(world, t, ['сайт помнит'])
  const [left, right] = [await holdings(telegram.site), await holdings(web.site)]
  const { status, token = '' } = granted(await web.site.proveTelegram(world.sandbox, telegram.id))
  assert.equal(status, 'confirm_required')
  assert.deepEqual(await holdings(web.site), right, 'showing changes nothing')
  const shown = granted(await web.site.previewLink(token))
  assert.deepEqual(shown.telegram, { displayName: 'Вера', username: null })
  assert.equal(shown.web.email, web.email)
  assert.deepEqual(shown.moves, { messages: right.lines.length, credits: right.credits })
  assert.deepEqual([shown.origin, shown.codeRequired, shown.fresh], ['web', false, true])
  const openPage = await telegram.site.watch()
  assert.equal(said(await web.site.confirmLink(token)), '200 linked')
  await openPage.next('reset')
  const joined = await holdings(web.site)
  assert.equal(joined.userId, telegram.userId, 'the Telegram user stays')
  assert.deepEqual(joined.lines, [...left.lines, ...right.lines], 'in the order of time')
  assert.deepEqual(joined.credits, {
    basic: left.credits.basic + right.credits.basic,
    pro: left.credits.pro + right.credits.pro,
    cassandra: left.credits.cassandra + right.credits.cassandra,
  })
  assert.deepEqual(joined.logins, [...left.logins, ...right.logins].toSorted())
  assert.equal(joined.conversationId, right.conversationId, 'the talk of the latest message goes on')
  assert.deepEqual(await holdings(telegram.site), joined)
  assert.equal((await web.site.me()).offers.connectTelegram, null)
  await assertWhole(world, web.site, telegram.userId, web.userId)
  telegram.bot.send('а что было на сайте?')
  await telegram.bot.hears((text) => text === 'а что было на сайте?')
  const asked =
    world.sandbox.model
      .calls()
      .at(-1)
      ?.messages.map(({ content }) => content) ?? []
  assert.ok(asked.includes('сайт помнит'), 'the bot knows what was said on the site')
})

test('US3.2 the same from the other side: signed in with Telegram, the reader’s mail is joined', async (t) => {
  const telegram = await telegramUser(world, t, ['сначала бот'])
  const web = await webUser(world, t, ['потом сайт'], FIRST_STORY)
  const { status, token = '' } = granted(await telegram.site.proveMail(world.sandbox, web.email))
  assert.equal(status, 'confirm_required')
  assert.equal(said(await telegram.site.confirmLink(token)), '200 linked')
  const joined = await holdings(telegram.site)
  assert.equal(joined.userId, telegram.userId)
  assert.equal(joined.logins.length, 2)
  const places = new Set((await telegram.site.history()).map(({ conversationId }) => conversationId))
  assert.deepEqual([...places], [joined.conversationId], 'one persona and one story on both sides are one talk')
  await assertWhole(world, telegram.site, telegram.userId, web.userId)
  const page = new Person(world.vitte.url, t)
  assert.equal((await page.signInByMail(world.sandbox, web.email)).id, telegram.userId)
})

test('US3.2 by the button of the site: back from Telegram, the page asks, or says why not', async (t) => {
  const [telegram, other] = [await telegramUser(world, t, ['в боте']), await telegramUser(world, t)]
  const web = await webUser(world, t, ['на сайте'])
  const where = (answer: Answer) => answer.headers.get('location') ?? ''
  const asked = where(await web.site.enterThrough('telegram', telegram.id, '/chat'))
  assert.match(asked, /^\/link#[\w-]{43}$/)
  assert.equal(said(await web.site.confirmLink(asked.slice('/link#'.length))), '200 linked')
  assert.equal((await web.site.me()).identities.length, 2)
  assert.equal(where(await web.site.enterThrough('telegram', telegram.id, '/chat')), '/chat', 'their own login by now')
  assert.equal(where(await web.site.enterThrough('telegram', other.id)), '/link?problem=web_already_linked')
  const second = await webUser(world, t)
  assert.equal(where(await second.site.enterThrough('telegram', telegram.id)), '/link?problem=telegram_already_linked')
  assert.equal(where(await second.site.enterThrough('telegram', other.id, '/chat')), '/chat', 'nothing to lose')
  assert.equal((await second.site.me()).user.id, other.userId)
})

test('US3.2 a reader with nothing to lose is joined at once', async (t) => {
  const telegram = await telegramUser(world, t, ['есть что помнить'])
  const web = await webUser(world, t)
  const answer = granted(await web.site.proveTelegram(world.sandbox, telegram.id))
  assert.equal(answer.user.id, telegram.userId)
  const joined = await holdings(web.site)
  assert.deepEqual(joined.logins.length, 2)
  assert.equal(joined.credits.basic, 49 + 10)
})

test('US3.2 with a proof of long ago nothing is added or joined before signing in again', async (t) => {
  const known = await telegramUser(world, t)
  const web = await webUser(world, t)
  await ageProofs(world, web.userId)
  assert.equal(said(await web.site.proveMail(world.sandbox, `other-${web.email}`)), '403 not_fresh')
  const { token = '' } = granted(await web.site.proveTelegram(world.sandbox, known.id))
  assert.equal(granted(await web.site.previewLink(token)).fresh, false)
  assert.equal(said(await web.site.confirmLink(token)), '403 not_fresh')
  assert.equal((await holdings(web.site)).logins.length, 1)
  await web.site.signInByMail(world.sandbox, web.email)
  assert.equal(said(await web.site.confirmLink(token)), '200 linked')
  assert.equal((await holdings(web.site)).logins.length, 2)
})

test('US3.3 a reader who has left gets the answer in the history and nothing by mail or messenger', async (t) => {
  const { email, site } = await webUser(world, t, ['до свидания'])
  world.sandbox.model.control({ hold: true })
  const page = await site.watch()
  const { turnId } = await site.ask('отвечу потом')
  await page.close()
  const mails = world.sandbox.mailbox.mails().length
  const sent = world.sandbox.telegram.calls({ method: 'sendMessage' }).length
  world.sandbox.model.control({ hold: false })
  const back = new Person(world.vitte.url, t)
  await back.signInByMail(world.sandbox, email)
  await back.talk('вернулся')
  assert.ok((await back.history()).some(({ role, turn }) => role === 'assistant' && turn?.id === turnId))
  assert.equal(world.sandbox.telegram.calls({ method: 'sendMessage' }).length, sent)
  assert.equal(world.sandbox.mailbox.mails().length, mails + 1, 'the code that was asked for, and no other mail')
})
