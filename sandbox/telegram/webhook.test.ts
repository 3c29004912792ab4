import assert from 'node:assert/strict'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, beforeEach, test } from 'node:test'
import { startForTest } from './start-for-test.ts'
import { pauseSeconds } from './webhook-retry.ts'

const MASHA = 700_000_001
const ILYA = 700_000_002
const RETRY_SECOND_MS = 10

type Visit = { text: string; id: number; headers: IncomingHttpHeaders }

let server: Awaited<ReturnType<typeof startForTest>>
let bot: Server
let visits: Visit[]
let respond: (visit: Visit) => { status: number; headers?: Record<string, string>; body?: string }

beforeEach(async () => {
  close()
  server = await startForTest({ retrySecondMs: RETRY_SECOND_MS })
  visits = []
  respond = () => ({ status: 200 })
  bot = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const update = JSON.parse(body)
    const visit = {
      text: update.message?.text ?? Object.keys(update)[1],
      id: update.update_id,
      headers: request.headers,
    }
    visits.push(visit)
    const { status, headers, body: answer } = respond(visit)
    response.writeHead(status, headers).end(answer)
  })
  await new Promise<void>((resolve) => bot.listen(0, '127.0.0.1', resolve))
})
after(close)

function close() {
  server?.stop()
  bot?.closeAllConnections()
  bot?.close()
}

const setWebhook = (more: object = {}) =>
  server.call('setWebhook', { url: `http://127.0.0.1:${(bot.address() as AddressInfo).port}/hook`, ...more })
const texts = () => visits.map((each) => each.text)
const visited = (count: number) => server.telegram.waitFor(() => visits.length >= count, `${count} visits`)

test('updates arrive with the secret, in order in one chat, and what waited comes too', async () => {
  server.telegram.sendText(MASHA, 'a')
  await setWebhook({ secret_token: 'se-cret_1' })
  server.telegram.sendText(MASHA, 'b')
  server.telegram.sendText(MASHA, 'c')
  await visited(3)
  assert.deepEqual(texts(), ['a', 'b', 'c'])
  assert.equal(visits[0]?.headers['x-telegram-bot-api-secret-token'], 'se-cret_1')
  const { result } = await server.call('getWebhookInfo')
  assert.equal(result.has_custom_certificate, false)
  assert.ok(result.url.endsWith('/hook'))
})

test('a failing update is sent again and holds back its own chat only', async () => {
  let failures = 3
  respond = ({ text }) => ({ status: text === 'bad' && failures-- > 0 ? 500 : 200 })
  await setWebhook()
  server.telegram.sendText(MASHA, 'bad')
  server.telegram.sendText(MASHA, 'after bad')
  server.telegram.sendText(ILYA, 'free')
  await visited(6)
  assert.deepEqual(
    texts().filter((text) => text !== 'free'),
    ['bad', 'bad', 'bad', 'bad', 'after bad'],
  )
  assert.ok(texts().indexOf('free') < texts().indexOf('after bad'))
  const { result } = await server.call('getWebhookInfo')
  assert.equal(result.last_error_message, 'Wrong response from the webhook: 500 Internal Server Error')
})

test('a block goes past a message that is stuck', async () => {
  respond = ({ text }) => (text === 'stuck' ? { status: 500, headers: { 'retry-after': '100' } } : { status: 200 })
  await setWebhook()
  server.telegram.sendText(MASHA, 'stuck')
  server.telegram.block(MASHA)
  await visited(2)
  assert.ok(texts().includes('my_chat_member'))
})

test('pauses grow from none over 2, 4, 8 to 60 seconds; the bot may ask for its own', () => {
  assert.deepEqual(
    [1, 2, 3, 4, 7, 20].map((failures) => pauseSeconds(failures, null)),
    [0, 2, 4, 8, 60, 60],
  )
  assert.equal(pauseSeconds(1, '17'), 17)
  assert.equal(pauseSeconds(1, '999999'), 3_600)
})

test('duplicates arrive side by side with one id', async () => {
  await setWebhook()
  server.telegram.duplicateNext(1, 4)
  server.telegram.sendText(MASHA, 'five times')
  await visited(5)
  assert.equal(new Set(visits.map((each) => each.id)).size, 1)
})

test('a method in the answer is carried out', async () => {
  respond = () => ({
    status: 200,
    body: JSON.stringify({ method: 'sendMessage', chat_id: MASHA, text: 'from the answer' }),
  })
  await setWebhook()
  server.telegram.sendText(MASHA, 'hi')
  const reply = await server.telegram.waitFor(() => server.telegram.replies(MASHA)[0])
  assert.equal(reply.wire.text, 'from the answer')
})

test('a removed webhook leaves what waits to getUpdates; dropping empties it; a bad secret is refused', async () => {
  respond = () => ({ status: 503, headers: { 'retry-after': '100' } })
  await setWebhook()
  server.telegram.sendText(MASHA, 'kept')
  await visited(1)
  await server.call('deleteWebhook')
  assert.equal((await server.call('getUpdates')).result.length, 1)
  await server.call('deleteWebhook', { drop_pending_updates: true })
  assert.equal((await server.call('getUpdates')).result.length, 0)
  assert.equal((await setWebhook({ secret_token: 'with space' })).status, 400)
})
