import assert from 'node:assert/strict'
import { test } from 'node:test'
import { granted, Person } from '#test/people'
import { startWorld } from '#test/world'
import { assertWhole, connect, holdings, said, stranger, telegramUser, webUser } from './link-steps.ts'

const world = await startWorld()
world.sandbox.model.control({ mode: 'echo' })

async function remove(person: Person, provider: string) {
  const login = (await person.me()).identities.find((each) => each.provider === provider)
  return person.client.call(`/api/identities/${login?.id}`, { method: 'DELETE' })
}

test('a lost Telegram is replaced by whoever proves the mail and the new Telegram; nothing else is lost', async (t) => {
  const lost = await telegramUser(world, t, ['из бота'])
  const web = await webUser(world, t, ['с сайта'])
  await connect(world, web.site, lost.id)
  const before = await holdings(web.site)
  const page = new Person(world.vitte.url, t)
  await page.signInByMail(world.sandbox, web.email)
  const next = stranger(world)
  assert.equal(said(await page.proveTelegram(world.sandbox, next.id)), '409 web_already_linked')
  assert.equal((await remove(page, 'telegram')).status, 204)
  await connect(world, page, next.id)
  const after = await holdings(page)
  assert.deepEqual(after.lines, before.lines)
  assert.equal(after.conversationId, before.conversationId)
  assert.equal(after.credits.basic, before.credits.basic + 50)
  const miniApp = new Person(world.vitte.url, t)
  assert.equal((await miniApp.openMiniApp(world.sandbox, next.id)).id, after.userId)
  const finder = new Person(world.vitte.url, t)
  await finder.signInByWidget(world.sandbox, lost.id)
  assert.deepEqual((await holdings(finder)).lines, [], 'who finds the old phone finds nothing')
  assert.equal((await finder.me()).credits.basic, 0)
  await assertWhole(world, page, after.userId, before.userId, web.userId)
})

test('the only login stays, and none goes without another one just proven', async (t) => {
  const telegram = await telegramUser(world, t)
  assert.equal(said(await remove(telegram.site, 'telegram')), '409 last_login')
  const web = await webUser(world, t)
  await connect(world, web.site, telegram.id)
  const page = new Person(world.vitte.url, t)
  await page.signInByWidget(world.sandbox, telegram.id)
  assert.equal(said(await remove(page, 'telegram')), '403 not_fresh')
  granted(await page.proveMail(world.sandbox, web.email))
  assert.equal((await remove(page, 'telegram')).status, 204)
  assert.equal(said(await remove(page, 'email')), '409 last_login')
})
