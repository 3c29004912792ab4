import { type Answer, countTokens, pause, waitForever } from './answer.ts'
import type { FailureKind } from './control.ts'
import type { ChatRequest } from './read-request.ts'

/** Everything a stream needs to know of its call. `reset` breaks the connection. */
export type Telling = {
  id: string
  request: ChatRequest
  answer: Answer
  failure: FailureKind | null
  delayMsPerWord: number
  signal: AbortSignal
  reset(): void
}

/** Server-sent chunks as OpenAI's streaming chat completions shape them, ended by usage and `[DONE]`. */
export async function* streamAnswer(telling: Telling): AsyncGenerator<string> {
  const { answer, failure, request, signal, delayMsPerWord } = telling
  yield chunk(telling, [{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }])
  if (failure === 'hang-before-first-token') return await waitForever(signal)
  const breakAt = Math.ceil(answer.words.length / 2)
  for (const [position, word] of answer.words.entries()) {
    if (signal.aborted) return
    yield chunk(telling, [{ index: 0, delta: { content: word }, finish_reason: null }])
    if (position + 1 === breakAt && failure) {
      const broken = await breakOff(telling)
      if (broken !== null) yield broken
      if (failure.endsWith('midstream')) return
    }
    await pause(delayMsPerWord, signal)
  }
  yield chunk(telling, [{ index: 0, delta: {}, finish_reason: answer.finishReason }])
  if (request.includeUsage) yield chunk(telling, [], countUsage(request, answer))
  yield 'data: [DONE]\n\n'
}

async function breakOff({ failure, signal, reset }: Telling): Promise<string | null> {
  if (failure === 'hang-midstream') await waitForever(signal)
  if (failure === 'reset-midstream') reset()
  if (failure === 'malformed') return 'data: {"id":"broken","choices":[{"delta":{"content":"\n\n'
  if (failure === 'error-midstream') {
    return `data: ${JSON.stringify({ error: { message: 'The server had an error', type: 'server_error', code: null } })}\n\n`
  }
  return null
}

function chunk({ id, request }: Telling, choices: unknown[], usage?: object): string {
  const created = Math.floor(Date.now() / 1000)
  const shape = { id, object: 'chat.completion.chunk', created, model: request.model, choices, ...(usage && { usage }) }
  return `data: ${JSON.stringify(shape)}\n\n`
}

/** Token counts in OpenAI's shape. */
export function countUsage({ messages }: ChatRequest, { words }: Answer): object {
  const prompt = messages.reduce((sum, { content }) => sum + countTokens(content), 0)
  const completion = countTokens(words.join(''))
  return { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion }
}
