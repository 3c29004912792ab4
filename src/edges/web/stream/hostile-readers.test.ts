import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { test } from 'node:test'
import { STREAMS_PER_USER_MAX } from '#contract/limits'
import { lockUser, userTopic } from '#domain/identity'
import { inTransaction } from '#platform/postgres'
import { openRooms } from '#test/rooms'
import { waitFor } from '#test/wait-for'
import { startTestStreams } from './start-test-streams.ts'

const PIECE = 'э'.repeat(100_000)
/** As long as a reply may be. */
const LONG = 'ё'.repeat(16_000)
const MISSED = 400
/** What the kernel takes for a reader who does not read, and what we keep for them, are far below. */
const SENT_AT_MOST_BYTES = 64_000_000
const PAGES = 1_000

const rooms = await openRooms()
const { streams, url, newReader } = await startTestStreams(rooms)
const gone = async () => waitFor(() => streams.count() === 0)

/** Says so much of one growing reply that nobody could keep it for a reader who does not read. */
function flood(userId: string): number {
  const data = { turnId: 'turn', offset: 0, text: PIECE }
  rooms.live.publish(userTopic(userId), { kind: 'event', event: { name: 'reply.delta', data } })
  return Buffer.byteLength(PIECE)
}

test('a reader who never reads is cut off before much waits for them, and nobody beside them notices', async () => {
  const deaf = await newReader()
  const page = await deaf.open()
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  let over = false
  socket.on('close', () => {
    over = true
  })
  socket.on('error', () => {}).pause()
  socket.write(`GET /api/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${deaf.token}\r\n\r\n`)
  await waitFor(() => streams.count() === 2)
  rooms.live.publish(userTopic(deaf.userId), {
    kind: 'event',
    event: { name: 'reply.started', data: { turnId: 'turn' } },
  })
  let sent = 0
  while (streams.count() === 2) {
    sent += flood(deaf.userId)
    assert.ok(sent < SENT_AT_MOST_BYTES, 'nothing grows without end')
    const told = page.all('reply.delta').length
    await waitFor(() => page.all('reply.delta').length > told || streams.count() === 1)
  }
  await deaf.say('слышно?')
  await page.next('message', ({ text }) => text === 'слышно?')
  socket.resume()
  await waitFor(() => over)
  await page.close()
  await gone()
})

test('who was away for long is given everything on one line, as fast as they read', async () => {
  const away = await newReader()
  await saidMeanwhile(away.userId, MISSED)
  const page = await away.open(0)
  await page.next('message', ({ seq }) => seq === MISSED + 1)
  assert.deepEqual(
    page.all('message').map(({ seq }) => seq),
    Array.from({ length: MISSED + 1 }, (_, at) => at + 1),
  )
  await page.close()
  await gone()
})

test('a thousand pages that come back in one moment are all taken, and have each line once and in order', async () => {
  const readers = await Promise.all(Array.from({ length: PAGES / STREAMS_PER_USER_MAX }, newReader))
  const openAll = (lastEventId: string) =>
    readers.flatMap(({ token }) =>
      Array.from({ length: STREAMS_PER_USER_MAX }, () => listen(token, `lastEventId=${lastEventId}`)),
    )
  const pages = openAll('')
  await waitFor(() => streams.count() === PAGES)
  for (const page of pages) page.hangUp()
  await gone()
  await Promise.all(readers.map(({ say }) => say('пока никого не было')))
  const back = openAll('1')
  await waitFor(() => streams.count() === PAGES)
  await Promise.all(readers.map(({ say }) => say('все здесь')))
  await waitFor(() => back.every((page) => page.said().includes('все здесь')))
  for (const page of back) assert.deepEqual(page.said().match(/^id: \d+$/gm), ['id: 2', 'id: 3'])
  for (const page of back) page.hangUp()
  await gone()
})

/** So many lines, each as long as can be. */
async function saidMeanwhile(userId: string, lines: number): Promise<void> {
  await inTransaction(rooms.db, async (tx) => {
    const user = await lockUser(tx, userId)
    assert.ok(user)
    for (let line = 0; line < lines; line += 1) {
      await rooms.history.append(tx, user, {
        conversationId: null,
        turnId: null,
        role: 'assistant',
        channel: 'telegram',
        interface: 'bot',
        contentType: 'text',
        text: LONG,
      })
    }
  })
}

/** A page that knows nothing but to listen: a thousand of the harness's would be what is measured. */
function listen(token: string, query: string) {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  const parts: Buffer[] = []
  socket.on('error', () => {}).on('data', (part) => parts.push(part))
  socket.write(`GET /?${query} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\n\r\n`)
  return { said: () => Buffer.concat(parts).toString(), hangUp: () => socket.destroy() }
}
