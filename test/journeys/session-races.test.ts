import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { Answer } from '#test/client'
import { holdUser } from '#test/hold-user'
import { holdWriters, standingStill } from '#test/hold-writers'
import { granted, Person } from '#test/people'
import { startWorld } from '#test/world'
import { askForLink, codeOf, connect, hearsNext, said, telegramUser, webUser } from './link-steps.ts'

// Sign-ins and sign-outs that meet a merge or an undo half done. Both write to this table when most of them has happened.
const MERGES = 'merges'

const world = await startWorld()
const { sandbox, database } = world
sandbox.model.control({ mode: 'echo' })

interface Listed {
  id: string
  current: boolean
}

async function sessionsOf(page: Person): Promise<Listed[]> {
  return granted(await page.client.call<{ sessions: Listed[] }>('/api/sessions')).sessions
}

/** Another browser with this one's cookie: it sees whether the session lives when this one has thrown the cookie away. */
function twinOf(page: Person, t: TestContext): () => Promise<number> {
  const cookie = [...page.client.cookies()].map((pair) => pair.join('=')).join('; ')
  const twin = new Person(world.vitte.url, t)
  return async () => (await twin.client.call('/api/me', { headers: { cookie } })).status
}

const remove = (page: Person, path: string) => page.client.call(path, { method: 'DELETE' })
const signOut = (page: Person) => page.client.call('/api/auth/sign-out', { body: {} })

/** Two who are one since a moment ago, and an undo that stands still with everything given back and nothing committed. */
async function undoHalfDone(t: TestContext, openPages: (email: string, telegramId: number) => Promise<Person>) {
  const telegram = await telegramUser(world, t)
  const web = await webUser(world, t, ['с сайта'])
  await connect(world, web.site, telegram.id)
  const undoer = new Person(world.vitte.url, t)
  await undoer.signInByMail(sandbox, web.email)
  const racer = await openPages(web.email, telegram.id)
  const code = await racer.mailCode(sandbox, web.email)
  const release = await holdWriters(database, MERGES)
  t.after(release)
  const undoing = undoer.undoLink({ telegramProof: sandbox.telegram.widget(telegram.id) })
  await standingStill(database, 1)
  const signingIn = racer.client.call('/api/auth/email/verify', { body: { email: web.email, code } })
  await Promise.race([standingStill(database, 2), signingIn])
  await release()
  assert.equal(said(await undoing), '200 undone')
  return { telegram, web, racer, answer: await signingIn }
}

test('who signs in by a login that is going back at that moment is the one it goes back to', async (t) => {
  const { web, racer, answer } = await undoHalfDone(t, async () => new Person(world.vitte.url, t))
  assert.equal(answer.status, 200, said(answer))
  const me = await racer.me()
  assert.equal(me.user.id, web.userId)
  assert.deepEqual(
    me.identities.map(({ provider }) => provider),
    ['email'],
  )
  assert.ok((await racer.history()).some(({ text }) => text === 'с сайта'))
})

test('a page of the joined user that proves the login going back keeps nothing of the other one', async (t) => {
  const { racer, answer } = await undoHalfDone(t, async (email) => {
    const page = new Person(world.vitte.url, t)
    await page.signInByMail(sandbox, email)
    return page
  })
  assert.equal(said(answer), '409 conflict')
  assert.equal((await racer.client.call('/api/me')).status, 401, 'opened by that login alone, it went with it')
})

test('a page of Telegram that proves the login going back is asked before the two are joined anew', async (t) => {
  const { telegram, web, racer, answer } = await undoHalfDone(t, async (_, telegramId) => {
    const page = new Person(world.vitte.url, t)
    await page.signInByWidget(sandbox, telegramId)
    return page
  })
  assert.equal(typeof (answer.body as { token?: unknown }).token, 'string', said(answer))
  const me = await racer.me()
  assert.deepEqual([me.user.id, me.identities.length], [telegram.userId, 1])
  const owner = new Person(world.vitte.url, t)
  assert.equal((await owner.signInByMail(sandbox, web.email)).id, web.userId)
})

/** A page that confirms a link, another of the same reader, and a merge that stands still when all sessions have left. */
async function mergeHalfDone(t: TestContext) {
  const telegram = await telegramUser(world, t)
  const web = await webUser(world, t, ['с сайта'])
  const other = new Person(world.vitte.url, t)
  await other.signInByMail(sandbox, web.email)
  const confirmer = web.site
  const { token = '' } = granted(await confirmer.proveTelegram(sandbox, telegram.id))
  const own = (await sessionsOf(confirmer)).find(({ current }) => current) ?? assert.fail()
  const lives = { confirmer: twinOf(confirmer, t), other: twinOf(other, t), telegram: twinOf(telegram.site, t) }
  const release = await holdWriters(database, MERGES)
  t.after(release)
  const confirming = confirmer.confirmLink(token)
  await standingStill(database, 1)
  return { telegram, confirmer, other, own, lives, release, confirming }
}
type HalfMerged = Awaited<ReturnType<typeof mergeHalfDone>>

/** What a page may wish while it becomes another user's; each is a wish that its session be over. */
const WISHES: { wish: string; make(halfMerged: HalfMerged): Promise<Answer>; tired?: boolean }[] = [
  { wish: 'the page that confirms signs out', make: ({ confirmer }) => signOut(confirmer) },
  {
    wish: 'the page that confirms ends its session in the list',
    make: ({ confirmer, own }) => remove(confirmer, `/api/sessions/${own.id}`),
  },
  { wish: 'the page that confirms ends all sessions', make: ({ confirmer }) => remove(confirmer, '/api/sessions') },
  {
    wish: 'another page ends the one that confirms',
    make: ({ other, own }) => remove(other, `/api/sessions/${own.id}`),
  },
  { wish: 'another page ends all sessions', make: ({ other }) => remove(other, '/api/sessions') },
  {
    wish: 'the same, when the merge takes longer than anybody waits for a row at a time',
    make: ({ other }) => remove(other, '/api/sessions'),
    tired: true,
  },
]

for (const { wish, make, tired } of WISHES) {
  test(`a session that is to end does not outlive a merge: ${wish}`, async (t) => {
    const halfMerged = await mergeHalfDone(t)
    const { telegram, release, lives, confirming } = halfMerged
    const wishing = make(halfMerged)
    await Promise.race([standingStill(database, 2), wishing])
    if (tired) await Promise.race([standingStill(database, 1), wishing])
    await release()
    assert.equal(said(await confirming), '200 linked')
    const answer = await wishing
    assert.equal(await lives.confirmer(), 401, said(answer))
    assert.equal(await lives.other(), 401, 'the merge ended it')
    assert.equal(answer.status, 204, said(answer))
    assert.equal((await telegram.site.me()).identities.length, 2)
  })
}

test('a session that ended while its word for a link waited joins nobody', async (t) => {
  const telegram = await telegramUser(world, t)
  const web = await webUser(world, t, ['с сайта'])
  const { token = '' } = granted(await web.site.proveTelegram(sandbox, telegram.id))
  const twin = new Person(world.vitte.url, t)
  await twin.signInByMail(sandbox, web.email)
  const own = (await sessionsOf(web.site)).find(({ current }) => current) ?? assert.fail()
  const release = await holdUser(database, telegram.userId)
  t.after(release)
  const confirming = web.site.confirmLink(token)
  await standingStill(database, 1)
  assert.equal((await remove(twin, `/api/sessions/${own.id}`)).status, 204)
  await release()
  assert.equal(said(await confirming), '403 not_fresh')
  assert.equal((await twin.me()).identities.length, 1)
  assert.equal((await telegram.site.me()).identities.length, 1)
})

test('a session that ended while its second login waited joins nobody and is not begun anew', async (t) => {
  const telegram = await telegramUser(world, t)
  const web = await webUser(world, t)
  const twin = new Person(world.vitte.url, t)
  await twin.signInByMail(sandbox, web.email)
  const own = (await sessionsOf(web.site)).find(({ current }) => current) ?? assert.fail()
  const release = await holdUser(database, telegram.userId)
  t.after(release)
  const proving = web.site.proveTelegram(sandbox, telegram.id)
  await standingStill(database, 1)
  assert.equal((await remove(twin, `/api/sessions/${own.id}`)).status, 204)
  await release()
  assert.equal(said(await proving), '409 conflict')
  assert.equal((await web.site.client.call('/api/me')).status, 401)
  assert.deepEqual([(await twin.me()).identities.length, (await telegram.site.me()).identities.length], [1, 1])
})

test('a code that was shown to a session joins nobody when that session has ended', async (t) => {
  const telegram = await telegramUser(world, t)
  const web = await webUser(world, t, ['с сайта'])
  const code = codeOf(await web.site.confirmLink(await askForLink(telegram.bot)))
  const owner = new Person(world.vitte.url, t)
  await owner.signInByMail(sandbox, web.email)
  assert.equal((await remove(owner, '/api/sessions')).status, 204)
  await hearsNext(telegram.bot, () => telegram.bot.send(code))
  await owner.signInByMail(sandbox, web.email)
  assert.equal((await owner.me()).identities.length, 1)
  assert.equal((await telegram.site.me()).identities.length, 1)
})
