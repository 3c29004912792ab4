import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import { type TestContext, test } from 'node:test'
import type { Problem } from '#contract/api'
import { STREAMS_PER_USER_MAX } from '#contract/limits'
import { openStream } from '#test/event-stream'
import type { Person } from '#test/people'
import { waitFor } from '#test/wait-for'
import { startWorld } from '#test/world'
import { webUser } from './link-steps.ts'
import { proofOf } from './route-steps.ts'

// What no proper page asks of the event stream, and what it gets.
const world = await startWorld(undefined, { env: { WELCOME_CREDITS_WEB: 'basic:100' } })
world.sandbox.model.control({ mode: 'echo' })
const { url } = world.vitte

/** Somebody with six lines behind them. */
async function talker(t: TestContext): Promise<Person> {
  const { site } = await webUser(world, t, ['раз', 'два'])
  return site
}

/** What comes on a stream that was asked for with these headers, as far as the first line said after it opened. */
async function resumed(person: Person, headers: string[]): Promise<{ reset: boolean; seqs: number[] }> {
  const lines = [...proofLines(person), ...headers]
  const wire = onWire(['GET /api/events HTTP/1.1', 'Host: x', ...lines, '', ''].join('\r\n'))
  await wire.says(/^retry: /m)
  const marker = randomUUID()
  await person.ask(marker)
  await wire.says(new RegExp(marker))
  wire.close()
  const seqs = [...wire.said().matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id))
  return { reset: /^event: reset$/m.test(wire.said()), seqs }
}

const proofLines = (person: Person) => Object.entries(proofOf(person)).map(([name, value]) => `${name}: ${value}`)

/** A connection that says these bytes and keeps what comes. */
function onWire(bytes: string) {
  const { hostname, port } = new URL(url)
  const parts: Buffer[] = []
  let over = false
  const socket = connect(Number(port), hostname, () => socket.write(bytes, 'latin1'))
  socket.on('data', (part) => parts.push(part)).on('error', () => {})
  socket.on('close', () => {
    over = true
  })
  const said = () => Buffer.concat(parts).toString()
  return {
    said,
    says: (what: RegExp) => waitFor(() => what.test(said()), { what: `${what} on the wire` }),
    ended: () => waitFor(() => over, { what: 'the end of the line' }),
    close: () => socket.destroy(),
  }
}

test('a last id that this history never had begins anew with a reset, whatever it is', async (t) => {
  const [person, other] = [await talker(t), await talker(t)]
  for (let lines = 0; lines < 5; lines += 1) await other.talk('ещё')
  const theirs = (await other.history()).at(-1)?.seq ?? 0
  const ids = [String(theirs), '-1', '99999999999999999999', '1e3', '2.5', '0x2', 'NaN', '٣', '2 3', "1' OR '1'='1"]
  assert.ok(theirs > ((await person.history()).at(-1)?.seq ?? 0))
  for (const id of ids) {
    const last = (await person.history()).at(-1)?.seq ?? 0
    const { reset, seqs } = await resumed(person, [`Last-Event-ID: ${Buffer.from(id).toString('latin1')}`])
    assert.deepEqual([reset, seqs[0]], [true, last + 1], `"${id}"`)
    await waitFor(async () => (await person.history()).at(-1)?.role === 'assistant')
  }
})

test('a last id of this history is gone on from, with spaces around it too; none, and an empty one, begin now', async (t) => {
  const person = await talker(t)
  for (const [headers, from] of [
    [['Last-Event-ID: 2'], 3],
    [['Last-Event-ID:    2   '], 3],
    [['last-event-id: 0'], 1],
    [[], null],
    [['Last-Event-ID:'], null],
  ] as const) {
    const last = (await person.history()).at(-1)?.seq ?? 0
    const { reset, seqs } = await resumed(person, [...headers])
    assert.deepEqual([reset, seqs[0]], [false, from ?? last + 1], headers.join())
    assert.deepEqual(
      seqs,
      seqs.map((_, at) => (seqs[0] ?? 0) + at),
    )
    await waitFor(async () => (await person.history()).at(-1)?.role === 'assistant')
  }
})

test('of two last ids none is believed, and a long one is refused', async (t) => {
  const person = await talker(t)
  const twice = await resumed(person, ['Last-Event-ID: 1', 'Last-Event-ID: 2'])
  assert.equal(twice.reset, true)
  assert.equal((await person.client.call('/api/events?lastEventId=1&lastEventId=2')).status, 422)
  const long = onWire(`GET /api/events HTTP/1.1\r\nHost: x\r\nLast-Event-ID: ${'1'.repeat(20_000)}\r\n\r\n`)
  await long.says(/^HTTP\/1\.1 431/)
  long.close()
})

test('the header that a browser sends by itself counts more than the address it was opened with', async (t) => {
  const person = await talker(t)
  const last = (await person.history()).at(-1)?.seq ?? 0
  const client = person.client.at(url)
  const response = await client.request('/api/events?lastEventId=1', { headers: { 'last-event-id': String(last - 1) } })
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  while (!text.includes('event: message')) text += (await reader?.read())?.value ?? ''
  await reader?.cancel()
  assert.equal(/^id: (\d+)$/m.exec(text)?.[1], String(last))
})

test('two pages of one person with different last ids each get what they missed', async (t) => {
  const person = await talker(t)
  const last = (await person.history()).at(-1)?.seq ?? 0
  const [early, late] = [await person.watch(1), await person.watch(last - 1)]
  await person.talk('вместе')
  for (const [page, from] of [
    [early, 2],
    [late, last],
  ] as const) {
    await page.next('message', ({ seq }) => seq === last + 2)
    const seqs = page.all('message').map(({ seq }) => seq)
    assert.deepEqual(
      seqs,
      Array.from({ length: last + 3 - from }, (_, at) => from + at),
    )
  }
})

test('a ninth stream is refused in words, the eight go on, and a place that is left is free', async (t) => {
  const person = await talker(t)
  const pages = await Promise.all(Array.from({ length: STREAMS_PER_USER_MAX }, () => person.watch()))
  const ninth = await person.client.call<Problem>('/api/events')
  assert.deepEqual([ninth.status, ninth.body.code], [429, 'too_many_streams'])
  assert.ok(Number(ninth.headers.get('retry-after')) > 0)
  assert.match(ninth.body.detail, /[а-я]/)
  await person.ask('слышно всем?')
  await Promise.all(pages.map((page) => page.next('message', ({ text }) => text === 'слышно всем?')))
  await pages[0]?.close()
  await waitFor(async () => {
    const page = await openStream(person.client)
    t.after(() => page.close())
    return page.status === 200
  })
})

test('a page that lost its line without anybody noticing has its place back at once, however often', async (t) => {
  const person = await talker(t)
  const client = person.client.at(url)
  client.page = randomUUID()
  const former = []
  for (let times = 0; times < 3 * STREAMS_PER_USER_MAX; times += 1) {
    const page = await openStream(client)
    assert.equal(page.status, 200, `time ${times}`)
    former.push(page)
  }
  const page = former.pop()
  t.after(() => page?.close())
  await Promise.all(former.map(({ ended }) => ended))
  await person.ask('одной странице')
  await page?.next('message', ({ text }) => text === 'одной странице')
  const named = page
    ?.all('presence')
    .at(-1)
    ?.places.filter((place) => place.page !== '')
  assert.deepEqual(
    named?.map((place) => place.page),
    [client.page],
  )
})

test('another person’s page of the same name keeps its line', async (t) => {
  const [one, other] = [await talker(t), await talker(t)]
  const page = randomUUID()
  const open = async (person: Person) => {
    const client = person.client.at(url)
    client.page = page
    const stream = await openStream(client)
    t.after(() => stream.close())
    return stream
  }
  const theirs = await open(other)
  await open(one)
  await other.ask('я здесь')
  await theirs.next('message', ({ text }) => text === 'я здесь')
})

test('older clients read it too: HTTP/1.0, no keep-alive, and gzip that is not given', async (t) => {
  const person = await talker(t)
  for (const [start, ...headers] of [
    ['GET /api/events HTTP/1.0', 'Host: x'],
    ['GET /api/events HTTP/1.1', 'Host: x', 'Connection: close'],
    ['GET /api/events HTTP/1.1', 'Host: x', 'Accept-Encoding: gzip, br'],
  ]) {
    const wire = onWire([start, ...headers, ...proofLines(person), '', ''].join('\r\n'))
    await wire.says(/^retry: \d+$/m)
    const marker = randomUUID()
    await person.ask(marker)
    await wire.says(new RegExp(marker))
    const head = wire.said().slice(0, wire.said().indexOf('\r\n\r\n'))
    assert.match(head, /^content-type: text\/event-stream/im)
    assert.doesNotMatch(head, /^(content-encoding|content-length|transfer-encoding):/im)
    wire.close()
  }
})

test('HEAD is answered at once and takes no seat', async (t) => {
  const person = await talker(t)
  for (let times = 0; times < 2 * STREAMS_PER_USER_MAX; times += 1) {
    assert.equal((await person.client.call('/api/events', { method: 'HEAD' })).status, 200)
  }
  await person.watch()
})

test('whose session is ended elsewhere hears no more within seconds', async (t) => {
  const person = await talker(t)
  const wire = onWire(['GET /api/events HTTP/1.1', 'Host: x', ...proofLines(person), '', ''].join('\r\n'))
  await wire.says(/^retry: /m)
  assert.equal((await person.client.call('/api/sessions', { method: 'DELETE' })).status, 204)
  assert.equal((await person.client.call('/api/auth/sign-out', { method: 'POST' })).status, 204)
  await wire.ended()
})

test('nothing here broke anything inside', () => {
  assert.deepEqual(
    world.vitte.logs().filter(({ level }) => level === 'error'),
    [],
  )
})
