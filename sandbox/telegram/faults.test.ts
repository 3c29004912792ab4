import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'
import { startForTest, TEST_TOKEN } from './start-for-test.ts'

const MASHA = 700_000_001
const EMILY = 5_000_000_003

let server: Awaited<ReturnType<typeof startForTest>>
beforeEach(async () => {
  server?.stop()
  server = await startForTest()
  server.telegram.sendText(MASHA, 'hi')
  server.telegram.sendText(EMILY, 'hi')
})
after(() => server.stop())

const send = (text: string, chat_id = MASHA) => server.call('sendMessage', { chat_id, text })
const said = () => server.telegram.replies(MASHA).map((each) => each.wire.text)

test('a fault meets its method and chat as often as asked, no other', async () => {
  server.telegram.faults.add({ kind: '429', method: 'sendMessage', chatId: MASHA, times: 2, retryAfterSeconds: 7 })
  const refused = await send('1')
  assert.deepEqual([refused.status, refused.parameters], [429, { retry_after: 7 }])
  assert.equal((await send('other chat', EMILY)).ok, true)
  assert.equal((await server.call('getMe')).ok, true)
  assert.equal((await send('2')).status, 429)
  assert.equal((await send('3')).ok, true)
  assert.deepEqual(said(), ['3'])
})

test('the answer can be spoilt after the message took effect, and the log tells', async () => {
  server.telegram.faults.add({ kind: '500', times: 1, afterEffect: true })
  assert.equal((await send('ambiguous')).status, 500)
  assert.deepEqual(said(), ['ambiguous'])
  const [call] = server.telegram.calls({ method: 'sendMessage' })
  assert.deepEqual([call?.outcome, call?.tookEffect], [500, true])
})

test('a connection is reset before or after the effect', async () => {
  server.telegram.faults.add({ kind: 'reset', method: 'sendMessage', times: 1 })
  await assert.rejects(send('before'))
  server.telegram.faults.add({ kind: 'reset', method: 'sendMessage', times: 1, afterEffect: true })
  await assert.rejects(send('after'))
  assert.deepEqual(said(), ['after'])
})

test('a call hangs until the caller hangs up', async () => {
  server.telegram.faults.add({ kind: 'hang', times: 1 })
  const url = `${server.url}/bot${TEST_TOKEN}/getMe`
  await assert.rejects(fetch(url, { signal: AbortSignal.timeout(150) }), /aborted due to timeout/u)
  assert.equal((await server.call('getMe')).ok, true)
})

test('gateways speak HTML, a 200 can say no, errors have any words, a delay only delays', async () => {
  server.telegram.faults.add({ kind: 'html', times: 1 })
  const page = await fetch(`${server.url}/bot${TEST_TOKEN}/getMe`)
  assert.deepEqual([page.status, page.headers.get('content-type')], [502, 'text/html'])
  server.telegram.faults.add({ kind: 'ok_false', times: 1 })
  const no = await send('x')
  assert.deepEqual([no.status, no.ok], [200, false])
  server.telegram.faults.add({ kind: 'error', errorCode: 403, description: 'Forbidden: user is deactivated', times: 1 })
  assert.equal((await send('x')).description, 'Forbidden: user is deactivated')
  server.telegram.faults.add({ kind: 'delay', delayMs: 120, times: 1 })
  const startedMs = Date.now()
  assert.equal((await send('late')).ok, true)
  assert.ok(Date.now() - startedMs >= 115)
})

test('an answer breaks off in its midst, or gives something else than it should, before or after the effect', async () => {
  server.telegram.faults.add({ kind: 'half', times: 1, afterEffect: true })
  await assert.rejects(send('half'))
  server.telegram.faults.add({ kind: 'result', result: { message_id: 'seven' }, times: 1, afterEffect: true })
  assert.deepEqual((await send('strange')).result, { message_id: 'seven' })
  server.telegram.faults.add({ kind: 'result', times: 1 })
  const empty = await send('x')
  assert.deepEqual([empty.status, empty.ok, empty.result], [200, true, undefined])
  assert.deepEqual(said(), ['half', 'strange'])
})

test('a standing fault ends when it is cleared', async () => {
  const fault = server.telegram.faults.add({ kind: '502' })
  assert.equal((await send('x')).status, 502)
  server.telegram.faults.clear(fault.id)
  assert.equal((await send('y')).ok, true)
})
