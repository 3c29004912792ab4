import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { sql } from 'kysely'
import { Person } from '#test/people'
import { waitFor } from '#test/wait-for'
import { startWorld } from '#test/world'
import {
  ageProofs,
  assertWhole,
  connect,
  FIRST_STORY,
  holdings,
  said,
  stranger,
  telegramUser,
  webUser,
} from './link-steps.ts'

const world = await startWorld(undefined, { env: { WELCOME_CREDITS_TELEGRAM: 'basic:4' } })
world.sandbox.model.control({ mode: 'echo' })
const { sandbox } = world

/** Somebody who joined a talk in the bot and a talk on the site a moment ago. */
async function joined(t: TestContext, story?: string) {
  const telegram = await telegramUser(world, t, ['из бота'])
  const web = await webUser(world, t, ['с сайта'], story)
  const [left, right] = [await holdings(telegram.site), await holdings(web.site)]
  await connect(world, web.site, telegram.id)
  const open = (deed: (page: Person) => Promise<unknown>) => {
    const page = new Person(world.vitte.url, t)
    return deed(page).then(() => page)
  }
  return {
    telegram,
    web,
    left,
    right,
    byTelegram: () => open((page) => page.signInByWidget(sandbox, telegram.id)),
    byMail: () => open((page) => page.signInByMail(sandbox, web.email)),
    telegramProof: () => sandbox.telegram.widget(telegram.id),
    webProof: async () => ({ email: web.email, code: await web.site.mailCode(sandbox, web.email) }),
  }
}

/** They are two again, each with what was theirs. */
async function assertApart({ telegram, web, left, right, byTelegram, byMail }: Awaited<ReturnType<typeof joined>>) {
  const [first, second] = [await byTelegram(), await byMail()]
  assert.deepEqual(await holdings(first), left)
  assert.deepEqual(await holdings(second), right)
  assert.ok((await second.me()).offers.connectTelegram, 'offered again')
  for (const page of [first, second]) await assertWhole(world, page, telegram.userId, web.userId)
}

test('undone by a page of Telegram that proves the mail as well: everything is back where it was', async (t) => {
  const both = await joined(t)
  const page = await both.byTelegram()
  const shown = await page.previewUndo()
  assert.deepEqual(shown?.back, { messages: both.right.lines.length, credits: both.right.credits })
  assert.deepEqual(shown?.proven, { telegram: true, web: false })
  assert.equal(shown?.web.email, both.web.email)
  assert.equal(shown?.stays.messages, 0)
  const days = (Date.parse(shown?.until ?? '') - Date.now()) / 86_400_000
  assert.ok(days > 6.9 && days <= 7, shown?.until)
  assert.equal(said(await page.undoLink()), '403 not_fresh')
  assert.equal(said(await page.undoLink({ webProof: await both.webProof() })), '200 undone')
  await assertApart(both)
  const again = await both.byTelegram()
  assert.equal(await again.previewUndo(), null)
  assert.equal(said(await again.undoLink({ webProof: await both.webProof() })), '409 nothing_to_undo')
})

test('undone by a page of the site that proves Telegram as well, and by the Mini App with its init data', async (t) => {
  const both = await joined(t)
  const page = await both.byMail()
  assert.deepEqual((await page.previewUndo())?.proven, { telegram: false, web: true })
  assert.equal(said(await page.undoLink()), '403 not_fresh')
  assert.equal(said(await page.undoLink({ telegramProof: both.telegramProof() })), '200 undone')
  await assertApart(both)

  const second = await joined(t, FIRST_STORY)
  const miniApp = new Person(world.vitte.url, t)
  await miniApp.openMiniApp(sandbox, second.telegram.id)
  const telegramProof = { initData: sandbox.telegram.initData(second.telegram.id) }
  assert.equal(said(await miniApp.undoLink({ telegramProof, webProof: await second.webProof() })), '200 undone')
  await assertApart(second)
})

test('with proofs of long ago both have to be given anew', async (t) => {
  const both = await joined(t)
  const page = await both.byTelegram()
  await ageProofs(world, both.telegram.userId)
  assert.deepEqual((await page.previewUndo())?.proven, { telegram: false, web: false })
  assert.equal(said(await page.undoLink()), '403 not_fresh')
  assert.equal(said(await page.undoLink({ telegramProof: both.telegramProof() })), '403 not_fresh')
  assert.equal(said(await page.undoLink({ webProof: await both.webProof() })), '403 not_fresh')
  assert.equal((await page.me()).identities.length, 2)
  const proofs = { telegramProof: both.telegramProof(), webProof: await both.webProof() }
  assert.equal(said(await page.undoLink(proofs)), '200 undone')
  await assertApart(both)
})

test('somebody else’s proof, a wrong code and a forged payload undo nothing', async (t) => {
  const both = await joined(t)
  const page = await both.byTelegram()
  const other = await webUser(world, t)
  await ageProofs(world, both.telegram.userId)
  const foreign = { email: other.email, code: await other.site.mailCode(sandbox, other.email) }
  const telegramProof = both.telegramProof()
  const webProof = await both.webProof()
  const forged = { ...telegramProof, hash: telegramProof.hash.replaceAll(/\d/g, '0') }
  const attempts = [
    { proofs: { telegramProof, webProof: foreign }, answer: '403 other_login' },
    { proofs: { telegramProof, webProof: { ...webProof, code: '00000x' } }, answer: '401 invalid_code' },
    { proofs: { telegramProof: sandbox.telegram.widget(stranger(world).id), webProof }, answer: '403 other_login' },
    { proofs: { telegramProof: forged, webProof }, answer: '401 invalid_signature' },
    { proofs: { telegramProof: { initData: 'hash=0' }, webProof }, answer: '401 invalid_signature' },
  ]
  for (const { proofs, answer } of attempts) assert.equal(said(await page.undoLink(proofs)), answer)
  assert.equal((await page.me()).identities.length, 2)
  const nobody = new Person(world.vitte.url, t)
  assert.equal(said(await nobody.undoLink({ telegramProof, webProof })), '401 unauthorized')
  assert.equal(said(await other.site.undoLink({ telegramProof })), '409 nothing_to_undo', 'not theirs to undo')
})

test('after seven days it stays as it is', async (t) => {
  const both = await joined(t)
  await sql`UPDATE merges SET merged_at = merged_at - interval '7 days' WHERE survivor_id = ${both.telegram.userId}`.execute(
    world.database.db,
  )
  const page = await both.byTelegram()
  assert.equal(await page.previewUndo(), null)
  assert.equal(said(await page.undoLink({ webProof: await both.webProof() })), '409 nothing_to_undo')
  assert.equal((await page.me()).identities.length, 2)
})

test('another link ends the time of the first: only the newest can be undone', async (t) => {
  const both = await joined(t)
  const page = await both.byTelegram()
  const mail = (await page.me()).identities.find(({ provider }) => provider === 'email')
  assert.equal((await page.client.call(`/api/identities/${mail?.id}`, { method: 'DELETE' })).status, 204)
  const next = await webUser(world, t, ['новый вход'])
  await connect(world, next.site, both.telegram.id)
  const fresh = await both.byTelegram()
  assert.equal((await fresh.previewUndo())?.web.email, next.email)
  const webProof = { email: next.email, code: await next.site.mailCode(sandbox, next.email) }
  assert.equal(said(await fresh.undoLink({ webProof })), '200 undone')
  assert.equal(await (await both.byTelegram()).previewUndo(), null)
})

for (const story of [FIRST_STORY, 'quiet-evening']) {
  test(`A43 what was spent since does not come back, and the talk since stays (${story})`, async (t) => {
    const both = await joined(t, story)
    assert.deepEqual([both.left.credits.basic, both.right.credits.basic], [3, 9])
    const page = await both.byTelegram()
    for (let spent = 0; spent < 5; spent += 1) await page.talk(`трачу ${spent}`)
    assert.equal((await page.previewUndo())?.back.credits.basic, 7)
    assert.equal((await page.previewUndo())?.stays.messages, 10)
    assert.equal(said(await page.undoLink({ webProof: await both.webProof() })), '200 undone')
    const [telegram, web] = [await both.byTelegram(), await both.byMail()]
    assert.equal((await telegram.me()).credits.basic, 0)
    assert.equal((await web.me()).credits.basic, 7)
    const lines = (await holdings(telegram)).lines
    assert.deepEqual(lines.slice(0, both.left.lines.length), both.left.lines)
    assert.equal(lines.length, both.left.lines.length + 10, 'what came after stays with Telegram')
    assert.deepEqual((await holdings(web)).lines, both.right.lines)
    for (const person of [telegram, web]) {
      await assertWhole(world, person, both.telegram.userId, both.web.userId)
      assert.ok((await person.me()).conversation, 'both can go on talking')
    }
  })
}

test('A43 joining and undoing again and again makes no credits', async (t) => {
  const both = await joined(t)
  for (let round = 0; round < 2; round += 1) {
    const page = await both.byTelegram()
    assert.equal(said(await page.undoLink({ webProof: await both.webProof() })), '200 undone')
    const again = new Person(world.vitte.url, t)
    await again.signInByMail(sandbox, both.web.email)
    await connect(world, again, both.telegram.id)
  }
  assert.equal((await (await both.byTelegram()).me()).credits.basic, both.left.credits.basic + both.right.credits.basic)
})

test('open pages: those of the joined user close, the other’s start anew; so it is with the undo', async (t) => {
  const telegram = await telegramUser(world, t, ['из бота'])
  const web = await webUser(world, t, ['с сайта'])
  const [telegramPage, webPage] = [await telegram.site.watch(), await web.site.watch()]
  const lastId = webPage.lastId() ?? '1'
  await connect(world, web.site, telegram.id)
  await telegramPage.next('reset')
  await webPage.ended
  const moved = await web.site.watch(lastId)
  await moved.next('reset', undefined, { what: 'a reset for a place in a history that is no more' })
  await telegram.site.talk('живая страница')
  await telegramPage.next('message', ({ role, text }) => role === 'assistant' && text === 'живая страница')
  const webProof = { email: web.email, code: await web.site.mailCode(sandbox, web.email) }
  const page = new Person(world.vitte.url, t)
  await page.signInByWidget(sandbox, telegram.id)
  const resets = telegramPage.all('reset').length
  assert.equal(said(await page.undoLink({ webProof })), '200 undone')
  await waitFor(() => telegramPage.all('reset').length > resets)
})
