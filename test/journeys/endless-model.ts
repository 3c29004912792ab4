import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { atEnd, type Scope } from '#test/scope'

/** Words that go out before the next pause, so that a fast one is stopped by us and not by its own speed. */
const WORDS_AT_ONCE = 50
const SLOW_PAUSE_MS = 50

export interface EndlessModel {
  baseUrl: string
  /** It ends where `max_tokens` says, a word being a token. Else it never does. */
  honours: boolean
  slow: boolean
  /** Every answer so far: how many words were asked for, and whether the caller hung up on it. */
  answers: { maxTokens: number; hungUp: boolean }[]
}

/** A provider whose model counts to a million, and on. */
export async function startEndlessModel(scope: Scope): Promise<EndlessModel> {
  const model: EndlessModel = { baseUrl: '', honours: false, slow: false, answers: [] }
  const server = createServer(async (request, response) => {
    const body: unknown = JSON.parse(Buffer.concat(await Array.fromAsync(request)).toString())
    const answer = { maxTokens: Number(Object.assign({ max_tokens: 0 }, body).max_tokens), hungUp: false }
    model.answers.push(answer)
    await count(response, { ...model, maxTokens: answer.maxTokens })
    answer.hungUp = !response.writableEnded
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  atEnd(scope, async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  model.baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
  return model
}

async function count(
  response: ServerResponse,
  { honours, slow, maxTokens }: { honours: boolean; slow: boolean; maxTokens: number },
): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  for (let word = 1; !response.destroyed; word += 1) {
    response.write(chunk({ content: `${word} ` }))
    if (honours && word === maxTokens) {
      response.end(`${chunk({}, 'length')}data: [DONE]\n\n`)
      return
    }
    if (slow || word % WORDS_AT_ONCE === 0) await pause(slow ? SLOW_PAUSE_MS : 1)
  }
}

function chunk(delta: object, reason: string | null = null): string {
  const choices = [{ index: 0, delta, finish_reason: reason }]
  return `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', choices })}\n\n`
}
