import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Sandbox, startSandbox } from '../index.ts'

const TOKEN = '4200000042:AAtesttesttesttesttesttesttesttest'

let sandbox: Sandbox
before(async () => {
  sandbox = await startSandbox({ port: 0, token: TOKEN, appUrl: 'http://localhost:3000' })
})
after(() => sandbox.stop())

/** Answers of twenty routes, looked into by the tests. */
type Parsed = ReturnType<typeof JSON.parse>

async function sim(method: string, path: string, body?: object): Promise<Parsed> {
  const response = await fetch(`${sandbox.url}/sim${path}`, { method, ...(body ? { body: JSON.stringify(body) } : {}) })
  return { status: response.status, ...((await response.json()) as object) }
}

const bot = (method: string, body: object) =>
  fetch(`${sandbox.apiRoot}/bot${TOKEN}/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

test('over HTTP somebody moves in, writes, presses, blocks, and the truth is there to see', async () => {
  const { person, status } = await sim('POST', '/people', { firstName: 'Вера', languageCode: 'ru' })
  assert.equal(status, 201)
  const at = `/people/${person.id}`
  await sim('POST', `${at}/messages`, { text: '/start' })
  await sim('POST', `${at}/messages`, { kind: 'voice', seconds: 2 })
  const keyboard = { inline_keyboard: [[{ text: 'Да', callback_data: 'yes' }]] }
  await bot('sendMessage', { chat_id: person.id, text: 'Да?', reply_markup: keyboard })
  const { messages, reach } = await sim('GET', `${at}/chat`)
  assert.deepEqual(
    messages.map((each: { author: string }) => each.author),
    ['person', 'person', 'bot'],
  )
  assert.equal(reach.started, true)
  const pressed = await sim('POST', `${at}/press`, { messageId: messages[2].wire.message_id, text: 'Да' })
  await bot('answerCallbackQuery', { callback_query_id: pressed.callbackQueryId, text: 'ага' })
  assert.deepEqual((await sim('GET', `/callbacks/${pressed.callbackQueryId}`)).answer, { text: 'ага' })
  await sim('POST', `${at}/block`)
  assert.equal((await bot('sendMessage', { chat_id: person.id, text: 'x' })).status, 403)
  const { calls } = await sim('GET', `/calls?method=sendMessage&chatId=${person.id}`)
  assert.deepEqual(
    calls.map((each: { outcome: unknown }) => each.outcome),
    ['ok', 403],
  )
  assert.equal((await sim('POST', `${at}/messages`, { text: 'x' })).status, 409)
  assert.equal((await sim('POST', `${at}/dance`)).status, 404)
})

test('faults, updates and proofs are at hand over HTTP too', async () => {
  const { fault } = await sim('POST', '/faults', { kind: '502', method: 'getMe' })
  assert.equal((await bot('getMe', {})).status, 502)
  await sim('DELETE', `/faults/${fault.id}`)
  assert.equal((await bot('getMe', {})).status, 200)
  assert.equal((await sim('POST', '/faults', { kind: 'nonsense' })).status, 400)
  await sim('POST', '/updates', { duplicate: 1 })
  await sim('POST', '/people/700000001/messages', { text: 'twice' })
  const { pending } = await sim('GET', '/updates')
  assert.equal(pending.at(-1).update_id, pending.at(-2).update_id)
  const { initData } = await sim('POST', '/people/700000001/init-data', { startParam: 'arina' })
  assert.equal(new URLSearchParams(initData).get('start_param'), 'arina')
  assert.match((await sim('POST', '/people/700000001/widget')).hash, /^[0-9a-f]{64}$/u)
})

test('what a process needs to connect is told, and the address of Vitte can come later', async () => {
  const about = await sim('PATCH', '/about', { appUrl: 'http://localhost:4000' })
  assert.equal(about.appUrl, 'http://localhost:4000')
  assert.equal(about.oidc.clientId, '4200000042')
  assert.match(about.smtpUrl, /^smtp:\/\/127\.0\.0\.1:\d+/u)
  for (const path of [
    '/oidc/.well-known/openid-configuration',
    '/mailbox',
    '/model/v1/models',
    '/',
    '/page/main.ts',
    '/page/base.css',
  ]) {
    assert.equal((await fetch(`${sandbox.url}${path}`)).status, 200, path)
  }
  assert.equal((await fetch(`${sandbox.url}/page/routes.ts`)).status, 404)
})

test('pages of other places are refused', async () => {
  const headers = { origin: 'https://elsewhere.example' }
  assert.equal((await fetch(`${sandbox.url}/sim/people`, { headers })).status, 403)
})

test('changes are told live and the stream ends with its reader', async () => {
  const leave = new AbortController()
  const stream = await fetch(`${sandbox.url}/sim/events`, { signal: leave.signal })
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader()
  await reader?.read()
  sandbox.telegram.sendText(700_000_001, 'hi')
  const heard = await reader?.read()
  assert.match(heard?.value ?? '', /event: chat\ndata: \{"kind":"chat","personId":700000001\}/u)
  leave.abort()
})
