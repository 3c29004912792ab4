import assert from 'node:assert/strict'
import { test } from 'node:test'
import { connectProvider } from './connect-provider.ts'
import { testProviderContract } from './provider-contract.ts'
import { anthropicMessages, chatCompletions } from './provider-dialects.ts'
import { plays, startStandIn } from './provider-stand-in.ts'
import { readReply } from './read-reply.ts'

testProviderContract({ provider: 'openai-compatible', model: 'llama3:8b' }, chatCompletions)
testProviderContract({ provider: 'openai', model: 'gpt-x' }, chatCompletions)
testProviderContract({ provider: 'anthropic', model: 'claude-x' }, anthropicMessages)

const options = { firstTokenTimeoutMs: 10_000, signal: new AbortController().signal }
const opening = [
  { role: 'assistant' as const, text: 'Welcome' },
  { role: 'user' as const, text: 'Hi' },
]

test('each provider is asked at its own address with its own kind of key', async (t) => {
  const standIn = await startStandIn(t, chatCompletions)
  const request = { system: '', messages: opening, maxOutputTokens: 5 }
  for (const provider of ['openai-compatible', 'openai', 'anthropic'] as const) {
    const connection = connectProvider({ provider, model: 'm' }, { ...standIn, apiKey: 'secret' })
    await Array.fromAsync(readReply(connection, { ...options, request })).catch(() => {})
  }
  const [compatible, openai, anthropic] = standIn.calls
  assert.equal(compatible?.path, '/v1/chat/completions')
  assert.equal(compatible?.body.max_tokens, 5)
  assert.equal(openai?.headers.authorization, 'Bearer secret')
  assert.equal(openai?.body.max_completion_tokens, 5)
  assert.equal(anthropic?.path, '/v1/messages')
  assert.equal(anthropic?.headers['x-api-key'], 'secret')
})

test('a talk that begins with an opening line is put so that Anthropic takes it', async (t) => {
  const standIn = await startStandIn(t, anthropicMessages)
  const connection = connectProvider({ provider: 'anthropic', model: 'm' }, { ...standIn, apiKey: 'secret' })
  const request = { system: '', messages: opening, maxOutputTokens: 5 }
  await Array.fromAsync(readReply(connection, { ...options, request }))
  const roles = JSON.stringify(standIn.calls[0]?.body.messages).match(/"role":"\w+"/g)
  assert.deepEqual(roles, ['"role":"user"', '"role":"assistant"', '"role":"user"'])
})

test('a server that forgets finish_reason but sends the end mark has replied', async (t) => {
  const standIn = await startStandIn(t, chatCompletions)
  const connection = connectProvider({ provider: 'openai-compatible', model: 'm' }, standIn)
  standIn.next(plays.raw(`${chatCompletions.delta('whole')}data: [DONE]\n\n`))
  const request = { system: '', messages: opening, maxOutputTokens: 5 }
  assert.deepEqual(await Array.fromAsync(readReply(connection, { ...options, request })), ['whole'])
})

test('a model that thinks aloud first is not taken for silent', async (t) => {
  const standIn = await startStandIn(t, chatCompletions)
  const connection = connectProvider({ provider: 'openai-compatible', model: 'm' }, standIn)
  standIn.next((response) => {
    const thought = { choices: [{ index: 0, delta: { reasoning_content: 'hm' } }] }
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write(`data: ${JSON.stringify(thought)}\n\n`)
    setTimeout(() => response.end(chatCompletions.delta('done') + chatCompletions.finish('stop')), 1000)
  })
  const request = { system: '', messages: opening, maxOutputTokens: 5 }
  const deltas = await Array.fromAsync(readReply(connection, { ...options, firstTokenTimeoutMs: 800, request }))
  assert.deepEqual(deltas, ['done'])
})

test('a key is not carried to another address by a redirect', async (t) => {
  const standIn = await startStandIn(t, chatCompletions)
  const connection = connectProvider({ provider: 'openai-compatible', model: 'm' }, standIn)
  standIn.next(plays.status(307, { location: `${standIn.baseUrl}/elsewhere` }))
  const request = { system: '', messages: opening, maxOutputTokens: 5 }
  await assert.rejects(Array.fromAsync(readReply(connection, { ...options, request })), { code: 'model_unavailable' })
  assert.equal(standIn.calls.length, 1)
})
