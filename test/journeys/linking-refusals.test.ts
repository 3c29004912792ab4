import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Person } from '#test/people'
import { startWorld } from '#test/world'
import { askForLink, connect, holdings, said, telegramUser, webUser } from './link-steps.ts'

// SPEC, edge cases: what cannot be joined is refused with an explanation, and nothing moves.
const world = await startWorld()
world.sandbox.model.control({ mode: 'echo' })

test('a reader who has a Telegram cannot connect another one, by sign-in or by its link', async (t) => {
  const [first, second] = [await telegramUser(world, t), await telegramUser(world, t, ['чужое'])]
  const web = await webUser(world, t)
  await connect(world, web.site, first.id)
  const before = [await holdings(web.site), await holdings(second.site)]
  assert.equal(said(await web.site.proveTelegram(world.sandbox, second.id)), '409 web_already_linked')
  const token = await askForLink(second.bot)
  assert.equal(said(await web.site.previewLink(token)), '409 web_already_linked')
  assert.equal(said(await web.site.confirmLink(token)), '409 web_already_linked')
  assert.deepEqual([await holdings(web.site), await holdings(second.site)], before)
})

test('A41 a Telegram that has its reader takes no second one, and tells nothing of the first', async (t) => {
  const telegram = await telegramUser(world, t, ['тайна'])
  const [first, second] = [await webUser(world, t), await webUser(world, t, ['второй'])]
  await connect(world, first.site, telegram.id)
  const before = [await holdings(telegram.site), await holdings(second.site)]
  const token = await askForLink(telegram.bot)
  for (const answer of [
    await second.site.proveTelegram(world.sandbox, telegram.id),
    await second.site.previewLink(token),
    await second.site.confirmLink(token),
  ]) {
    assert.equal(said(answer), '409 telegram_already_linked')
    for (const secret of [first.email, telegram.userId, first.userId, 'Вера']) {
      assert.ok(!JSON.stringify(answer.body).includes(secret), secret)
    }
  }
  assert.equal(said(await telegram.site.proveMail(world.sandbox, second.email)), '409 telegram_already_linked')
  assert.deepEqual([await holdings(telegram.site), await holdings(second.site)], before)
})

test('two readers of the web are never joined to each other', async (t) => {
  const [first, second] = [await webUser(world, t), await webUser(world, t, ['своё'])]
  const before = [await holdings(first.site), await holdings(second.site)]
  assert.equal(said(await first.site.proveMail(world.sandbox, second.email)), '409 login_taken')
  assert.deepEqual([await holdings(first.site), await holdings(second.site)], before)
})

test('A42 many readers with a gift pour into one Telegram once, and a gift is given to a login once', async (t) => {
  const telegram = await telegramUser(world, t)
  const farm = await Promise.all(Array.from({ length: 6 }, () => webUser(world, t)))
  const answers = await Promise.all(farm.map(({ site }) => site.proveTelegram(world.sandbox, telegram.id)))
  assert.deepEqual(answers.map(said).toSorted(), ['200 undefined', ...Array(5).fill('409 telegram_already_linked')])
  assert.equal((await telegram.site.me()).credits.basic, 60)

  const joined = farm[answers.findIndex(({ status }) => status === 200)] ?? assert.fail()
  const page = new Person(world.vitte.url, t)
  await page.signInByWidget(world.sandbox, telegram.id)
  const mail = (await page.me()).identities.find(({ provider }) => provider === 'email')
  assert.equal((await page.client.call(`/api/identities/${mail?.id}`, { method: 'DELETE' })).status, 204)
  const again = new Person(world.vitte.url, t)
  assert.notEqual((await again.signInByMail(world.sandbox, joined.email)).id, telegram.userId)
  assert.equal((await again.me()).credits.basic, 0)
})

test('A38 used, expired and superseded links say which, and how to get another', async (t) => {
  const [telegram, web] = [await telegramUser(world, t), await webUser(world, t)]
  const [old, token] = [await askForLink(telegram.bot), await askForLink(telegram.bot)]
  assert.equal(said(await web.site.previewLink(old)), '410 superseded')
  assert.equal(said(await web.site.confirmLink(old)), '410 superseded')
  assert.equal(said(await web.site.confirmLink(token)), '200 linked')
  const other = await webUser(world, t)
  for (const answer of [await other.site.previewLink(token), await other.site.confirmLink(token)]) {
    assert.equal(said(answer), '410 used', 'before any conflict (contract: the order of refusals)')
    assert.match((answer.body as unknown as { detail: string }).detail, /\/link/)
  }
})
