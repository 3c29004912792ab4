import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type TestContext, test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import type { ReplyToGrow } from '#domain/delivery'
import { newId } from '#platform/ids'
import { waitFor } from '#test/wait-for'
import { createTelegramApi } from '../telegram-api.ts'
import { createGrowing } from './create-growing.ts'

type Answer = { status: number; body: object }

const MESSAGE_ID = 77
const DONE: Answer = { status: 200, body: { ok: true, result: true } }
const SENT: Answer = { status: 200, body: { ok: true, result: { message_id: MESSAGE_ID } } }
const REFUSED: Answer = { status: 400, body: { ok: false, error_code: 400, description: 'TEXTDRAFT_PEER_INVALID' } }

/** A Bot API that answers a method when told to, and says which were called and which given up. */
async function telegram(t: TestContext, answers: Record<string, Promise<Answer> | Answer>) {
  const called: string[] = []
  const givenUp: string[] = []
  const server = createServer(async (request, response) => {
    const method = request.url?.split('/').at(-1) ?? ''
    called.push(method)
    response.on('close', () => response.writableFinished || givenUp.push(method))
    const { status, body } = await (answers[method] ?? DONE)
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    server.close()
    server.closeAllConnections()
  })
  const apiRoot = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const api = createTelegramApi({ token: '7000000123:AAtest', apiRoot })
  return { called, givenUp, grow: createGrowing({ api, stopButton: async () => ({ inline_keyboard: [] }) }) }
}

function toGrow(more: Partial<ReplyToGrow> = {}): ReplyToGrow {
  return { turnId: newId(), address: '42', previewId: null, keepPreview: async () => {}, ...more }
}

test('the end waits for a draft under way, and after it nothing is sent', async (t) => {
  const held = Promise.withResolvers<Answer>()
  const { called, grow } = await telegram(t, { sendMessageDraft: held.promise })
  const growing = grow(toGrow())
  growing.show('Слышу.')
  await waitFor(() => called.includes('sendMessageDraft'))
  let over = false
  const ending = growing.end(true).finally(() => {
    over = true
  })
  growing.show('Слышу. Иду.')
  for (let turns = 0; turns < 100; turns += 1) await turn()
  assert.equal(over, false)
  held.resolve(DONE)
  assert.equal(await ending, null)
  const before = called.length
  growing.show('Слышу. Иду. Здесь.')
  assert.equal(await growing.end(false), null)
  await turn()
  assert.equal(called.length, before)
})

test('a draft that nobody answers is given up, and the end comes all the same', async (t) => {
  const { called, givenUp, grow } = await telegram(t, { sendMessageDraft: new Promise<Answer>(() => {}) })
  const growing = grow(toGrow())
  growing.show('Слышу.')
  await waitFor(() => called.includes('sendMessageDraft'))
  assert.equal(await growing.end(true), null)
  await waitFor(() => givenUp.includes('sendMessageDraft'))
})

test('a stand-in that comes after the end is taken away', async (t) => {
  const held = Promise.withResolvers<Answer>()
  const { called, grow } = await telegram(t, { sendMessageDraft: REFUSED, sendMessage: held.promise })
  const kept: string[] = []
  const growing = grow(toGrow({ keepPreview: async (id) => void kept.push(id) }))
  growing.show('Слышу.')
  await waitFor(() => called.includes('sendMessage'))
  assert.equal(await growing.end(true), null)
  held.resolve(SENT)
  await waitFor(() => called.includes('deleteMessage'))
  assert.deepEqual(kept, [])
})

test('a stand-in is given out to what replaces it, or goes when nothing will', async (t) => {
  const { called, grow } = await telegram(t, { sendMessageDraft: REFUSED, sendMessage: SENT, editMessageText: SENT })
  const kept: string[] = []
  const first = grow(toGrow({ keepPreview: async (id) => void kept.push(id) }))
  first.show('Слышу.')
  await waitFor(() => kept.length === 1)
  assert.equal(await first.end(true), String(MESSAGE_ID))
  assert.deepEqual([kept, called.includes('deleteMessage')], [[String(MESSAGE_ID)], false])
  const next = grow(toGrow({ previewId: String(MESSAGE_ID) }))
  next.show('Слышу снова.')
  await waitFor(() => called.includes('editMessageText'))
  assert.equal(await next.end(false), null)
  assert.ok(called.includes('deleteMessage'))
  assert.equal(called.filter((method) => method === 'sendMessage').length, 1)
})

test('what ends at once says nothing, but takes away what was left by whoever wrote before', async (t) => {
  const { called, grow } = await telegram(t, {})
  assert.equal(await grow(toGrow()).end(false), null)
  assert.equal(await grow(toGrow({ previewId: String(MESSAGE_ID) })).end(false), null)
  assert.deepEqual(called, ['deleteMessage'])
})
