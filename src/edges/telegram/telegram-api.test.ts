import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer as createPlainServer } from 'node:net'
import { type TestContext, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { freePort } from '#test/free-port'
import { classifyError } from './classify-error.ts'
import { createTelegramApi } from './telegram-api.ts'

const TOKEN = '7000000123:AAtest-token'
const WAIT_MS = 300

/** Something that stands where the Bot API should, and answers by hand. */
async function standIn(t: TestContext, answer: (response: ServerResponse) => void) {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    request.resume().on('end', () => answer(response))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    server.close()
    server.closeAllConnections()
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { url, asked, api: createTelegramApi({ token: TOKEN, apiRoot: url }) }
}

const sendTo = (api: ReturnType<typeof createTelegramApi>) =>
  api.sendMessage(1, 'x', {}, AbortSignal.timeout(WAIT_MS) as never).then(
    () => assert.fail('this was taken for an answer'),
    (error: unknown) => classifyError(error),
  )

const say =
  (body: string, status = 200, headers = {}) =>
  (response: ServerResponse) =>
    void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body)

const IMPROPER: [description: string, answer: (response: ServerResponse) => void, kind: string][] = [
  ['a page with status 200', say('<html>', 200, { 'content-type': 'text/html' }), 'unknown'],
  ['a page of a gateway', say('<html>', 502, { 'content-type': 'text/html' }), 'retry'],
  ['a page that says 500', say('<html>', 500), 'unknown'],
  ['a page that forbids', say('<html>', 403), 'retry'],
  ['nothing', say(''), 'unknown'],
  ['JSON of somebody else', say('{"status":"fine"}'), 'unknown'],
  ['a list', say('[]'), 'unknown'],
  ['a yes with the status of a gateway', say('{"ok":true,"result":{"message_id":1}}', 502), 'retry'],
  ['a no without a code', say('{"ok":false}'), 'unknown'],
  ['half of the JSON', say('{"ok":true,"result":{"mess'), 'unknown'],
  [
    'a body that breaks off',
    (response) => {
      response.writeHead(200, { 'content-length': 100 })
      response.write('{"ok":tr', () => response.destroy())
    },
    'unknown',
  ],
  [
    'a refusal that breaks off',
    (response) => {
      response.writeHead(403, { 'content-length': 100 })
      response.write('{"ok":fa', () => response.destroy())
    },
    'retry',
  ],
  [
    'a body without end',
    (response) => {
      const pour = () => {
        while (!response.destroyed && response.write(Buffer.alloc(1 << 20, 32)));
      }
      response.writeHead(200).on('drain', pour)
      pour()
    },
    'unknown',
  ],
  [
    'a body that unpacks without end',
    say(gzipSync(Buffer.alloc(17 << 20, 32)) as never, 200, { 'content-encoding': 'gzip' }),
    'unknown',
  ],
  ['a hang-up', (response) => response.destroy(), 'unknown'],
  ['silence', () => {}, 'unknown'],
]

for (const [description, answer, kind] of IMPROPER) {
  test(`${description} is ${kind}`, async (t) => {
    const { api } = await standIn(t, answer)
    assert.equal((await sendTo(api)).outcome.kind, kind)
  })
}

test('a no with status 200 is a no', async (t) => {
  const { api } = await standIn(
    t,
    say('{"ok":false,"error_code":403,"description":"Forbidden: bot was blocked by the user"}'),
  )
  assert.equal((await sendTo(api)).reason, 'blocked')
})

test('a redirect is followed nowhere', async (t) => {
  const elsewhere = await standIn(t, say('{"ok":true,"result":{"message_id":1}}'))
  for (const status of [301, 302, 307, 308]) {
    const { api } = await standIn(t, say('', status, { location: `${elsewhere.url}/bot${TOKEN}/sendMessage` }))
    assert.deepEqual((await sendTo(api)).outcome, { kind: 'retry', error: `HTTP ${status}, no_answer_of_the_bot_api` })
  }
  assert.deepEqual(elsewhere.asked, [])
})

test('where nobody listens and where nobody speaks TLS, nothing was sent', async (t) => {
  const deaf = createPlainServer((socket) => socket.end('no TLS here\n')).listen(0, '127.0.0.1')
  await once(deaf, 'listening')
  t.after(() => deaf.close())
  const roots = [`http://127.0.0.1:${await freePort()}`, `https://127.0.0.1:${(deaf.address() as AddressInfo).port}`]
  for (const apiRoot of roots) {
    const failure = await sendTo(createTelegramApi({ token: TOKEN, apiRoot }))
    assert.equal(failure.reason, 'not_reached', `${apiRoot}: ${JSON.stringify(failure)}`)
  }
})
