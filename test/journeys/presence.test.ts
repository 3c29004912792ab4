import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import type { Presence } from '#contract/events'
import { TYPING_SECONDS } from '#contract/limits'
import { openStream } from '#test/event-stream'
import { Person } from '#test/people'
import { waitFor } from '#test/wait-for'
import { startWorld } from '#test/world'

const MASHA = 700_000_001

const world = await startWorld(undefined, { redis: true, env: { ROLES: 'http,bot,worker' } })
const other = await world.startAnother({ ROLES: 'http' })
world.sandbox.model.control({ mode: 'echo' })

/** Masha on the site at one process, in the Mini App at the other. */
const site = new Person(world.vitte.url)
await site.signInByWidget(world.sandbox, MASHA)
await site.confirmAdult()
await site.startConversation('arina')
const app = new Person(other.url)
await app.openMiniApp(world.sandbox, MASHA)

/** A page that says which one it is. */
async function openPage(person: Person, scope: { after(end: () => unknown): void }, page: string = randomUUID()) {
  const client = person.client.at(person === site ? world.vitte.url : other.url)
  client.page = page
  const stream = await openStream(client)
  assert.equal(stream.status, 200)
  scope.after(() => stream.close())
  const typing = async () => assert.equal((await client.call('/api/typing', { method: 'POST' })).status, 204)
  return { page, stream, typing, client }
}

const others = (presence: Presence | undefined, page: string) =>
  presence?.places.filter((place) => place.page !== page) ?? []
const latest = ({ stream }: { stream: Awaited<ReturnType<typeof openStream>> }) => stream.all('presence').at(-1)

test('typing at one process is seen by the page at the other, which knows itself, and ends when the line is sent', async (t) => {
  const [here, there] = [await openPage(site, t), await openPage(app, t)]
  await waitFor(() => others(latest(here), here.page).length === 1)
  await here.typing()
  const seen = await there.stream.next('presence', ({ typing }) => typing.length > 0)
  assert.deepEqual(others(seen, there.page), [{ interface: 'browser', page: here.page, typing: true }])
  assert.deepEqual(seen.typing, ['browser'])
  assert.deepEqual(seen.online, ['browser', 'webapp'])
  const own = await here.stream.next('presence', ({ typing }) => typing.length > 0)
  assert.deepEqual(
    others(own, here.page).map(({ typing }) => typing),
    [false],
    'whoever types is not told that somebody else does',
  )
  const body = { text: 'написано' }
  const sent = await here.client.call('/api/messages', { body, headers: { 'idempotency-key': randomUUID() } })
  assert.equal(sent.status, 202)
  await waitFor(() => latest(there)?.typing.length === 0)
})

test('who stops typing without a word is seen to, in the time for which it counts', async (t) => {
  const [here, there] = [await openPage(site, t), await openPage(app, t)]
  await here.typing()
  await there.stream.next('presence', ({ typing }) => typing.includes('browser'))
  const deadlineMs = 10 * TYPING_SECONDS * 1000
  // Nobody tells of it: another page that opens is told how it is, and so is everybody after a while.
  await waitFor(() => latest(there)?.typing.length === 0, { deadlineMs })
  assert.deepEqual(
    others(latest(there), there.page).map(({ typing }) => typing),
    [false],
  )
})

test('a page that closes is gone for the others at once', async (t) => {
  const here = await openPage(site, t)
  const [second, third] = [await openPage(app, t), await openPage(app, t)]
  await waitFor(() => others(latest(here), here.page).length === 2)
  await second.stream.close()
  await waitFor(() => others(latest(here), here.page).length === 1)
  assert.equal(others(latest(here), here.page)[0]?.page, third.page)
})

test('who has just written to the bot is there too', async (t) => {
  const here = await openPage(site, t)
  world.sandbox.telegram.sendText(MASHA, 'пишу из чата')
  const seen = await here.stream.next('presence', ({ online }) => online.includes('bot'))
  assert.deepEqual(others(seen, here.page), [{ interface: 'bot', page: '', typing: false }])
})

test('without Redis each process goes on with what it sees itself, and no page is cut off by it', async (t) => {
  const [one, two] = [await openPage(site, t), await openPage(site, t)]
  await world.redis?.stop()
  await one.typing()
  await two.stream.next('presence', ({ places }) => places.some(({ page, typing }) => page === one.page && typing))
  await world.redis?.start()
  const there = await openPage(app, t)
  await waitFor(async () => {
    await there.typing()
    return latest(one)?.places.some(({ page, typing }) => page === there.page && typing)
  })
})

test('nobody else is told of it', async (t) => {
  const stranger = new Person(world.vitte.url, t)
  await stranger.signInByMail(world.sandbox, 'stranger@example.org')
  const watching = await stranger.watch()
  const here = await openPage(site, t)
  await here.typing()
  await here.stream.next('presence', ({ typing }) => typing.length > 0)
  assert.ok(watching.all('presence').every(({ places }) => places.length === 1))
})
