import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { Person } from '#test/people'
import { waitFor } from '#test/wait-for'
import { startWorld } from '#test/world'
import { assertWhole, connect, holdings, said, telegramUser, webUser } from './link-steps.ts'

const world = await startWorld()
const { model } = world.sandbox
model.control({ mode: 'echo' })

async function joined(t: TestContext) {
  const telegram = await telegramUser(world, t, ['из бота'])
  const web = await webUser(world, t, ['с сайта'])
  const [left, right] = [await holdings(telegram.site), await holdings(web.site)]
  await connect(world, web.site, telegram.id)
  const bothProofs = async () => ({
    telegramProof: world.sandbox.telegram.widget(telegram.id),
    webProof: { email: web.email, code: await web.site.mailCode(world.sandbox, web.email) },
  })
  return { telegram, web, left, right, bothProofs }
}

/** A page that is signed in anew, whatever became of the earlier ones. */
async function signedIn(t: TestContext, login: { id: number } | { email: string }) {
  const page = new Person(world.vitte.url, t)
  if ('id' in login) await page.signInByWidget(world.sandbox, login.id)
  else await page.signInByMail(world.sandbox, login.email)
  return page
}

test('two pages undo at once: one has done it, the other finds nothing to undo', async (t) => {
  const { telegram, web, left, right, bothProofs } = await joined(t)
  const pages = [await signedIn(t, telegram), await signedIn(t, telegram)]
  const { telegramProof, webProof } = await bothProofs()
  const answers = await Promise.all(pages.map((page) => page.undoLink({ telegramProof, webProof })))
  const words = answers.map(said)
  assert.equal(words.filter((word) => word === '200 undone').length, 1, words.join())
  assert.ok(
    words.every((word) => /^(200 undone|401 \w+|403 not_fresh|409 nothing_to_undo)$/.test(word)),
    words.join(),
  )
  assert.deepEqual(await holdings(await signedIn(t, telegram)), left)
  assert.deepEqual(await holdings(await signedIn(t, web)), right)
})

test('F34 a question asked before the link and answered after the undo comes back to its own history', async (t) => {
  t.after(() => model.control({ hold: false }))
  const telegram = await telegramUser(world, t, ['из бота'])
  const web = await webUser(world, t, ['с сайта'])
  model.control({ hold: true })
  const { turnId } = await web.site.ask('долгий вопрос')
  await waitFor(() => model.calls().some(({ outcome }) => outcome === 'running'))
  await connect(world, web.site, telegram.id)
  const page = await signedIn(t, telegram)
  const webProof = { email: web.email, code: await web.site.mailCode(world.sandbox, web.email) }
  assert.equal(said(await page.undoLink({ webProof })), '200 undone')
  model.control({ hold: false })
  const [bySite, byBot] = [await signedIn(t, web), await signedIn(t, telegram)]
  const answers = await waitFor(async () => {
    const all = [...(await bySite.history()), ...(await byBot.history())]
    const found = all.filter(({ role, turn }) => role === 'assistant' && turn?.id === turnId)
    return found.length > 0 ? found : null
  })
  assert.equal(answers.length, 1)
  assert.ok((await bySite.history()).some(({ role, turn }) => role === 'user' && turn?.id === turnId))
  assert.ok((await bySite.history()).some(({ role, turn }) => role === 'assistant' && turn?.id === turnId))
  assert.deepEqual([(await bySite.me()).credits.basic, (await byBot.me()).credits.basic], [8, 49])
  for (const each of [bySite, byBot]) await assertWhole(world, each, telegram.userId, web.userId)
})

test('F34 a question asked after the link stays with Telegram when the undo comes in between', async (t) => {
  t.after(() => model.control({ hold: false }))
  const { telegram, web, left, right, bothProofs } = await joined(t)
  model.control({ hold: true })
  const { turnId } = await telegram.site.ask('вопрос после связи')
  await waitFor(() => model.calls().some(({ outcome }) => outcome === 'running'))
  const page = await signedIn(t, telegram)
  assert.equal(said(await page.undoLink(await bothProofs())), '200 undone')
  model.control({ hold: false })
  const byBot = await signedIn(t, telegram)
  await waitFor(async () =>
    (await byBot.history()).some(({ role, turn }) => role === 'assistant' && turn?.id === turnId),
  )
  assert.equal((await byBot.history()).length, left.lines.length + 2)
  const bySite = await signedIn(t, web)
  assert.deepEqual((await holdings(bySite)).lines, right.lines)
  const spent = left.credits.basic + right.credits.basic - 1
  assert.equal((await byBot.me()).credits.basic + (await bySite.me()).credits.basic, spent)
  await assertWhole(world, byBot, telegram.userId, web.userId)
})
