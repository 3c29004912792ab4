import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { pause, prepareAnswer, sayWhat, waitForever } from './answer.ts'
import { type CallControl, controlPatch, type Failure, takeFailure } from './control.ts'
import { readDigest } from './digest/read-digest.ts'
import { writeDigest } from './digest/write-digest.ts'
import { type ChatRequest, readRequest } from './read-request.ts'
import { failEarly, refuse, resetConnection } from './refuse-call.ts'
import type { Call, Model, ModelState } from './start-model.ts'
import { countUsage, streamAnswer, type Telling } from './stream-answer.ts'

const MODELS = ['demo', 'demo-instant']

/** OpenAI's `/v1/chat/completions` and `/v1/models`, with `/control`, `/calls` and `/digests` for tests. */
export function modelApi(state: ModelState, controls: Omit<Model, 'routes'>): Hono {
  const routes = new Hono()
  routes.get('/v1/models', (c) =>
    c.json({ object: 'list', data: MODELS.map((id) => ({ id, object: 'model', created: 0, owned_by: 'sandbox' })) }),
  )
  routes.post('/v1/chat/completions', async (c) => {
    const request = readRequest(await c.req.json().catch(() => undefined))
    return typeof request === 'string' ? refuse(c, 400, request) : complete(c, state, request)
  })
  routes.get('/control', (c) => c.json(controls.control()))
  routes.post('/control', async (c) => {
    const patch = controlPatch.safeParse(await c.req.json().catch(() => undefined))
    return patch.success ? c.json(controls.control(patch.data)) : refuse(c, 400, z.prettifyError(patch.error))
  })
  routes.get('/calls', (c) => c.json({ calls: controls.calls() }))
  routes.get('/digests', (c) => c.json({ digests: controls.digests() }))
  routes.post('/reset', (c) => {
    controls.reset()
    return c.body(null, 204)
  })
  return routes
}

async function complete(c: Context, state: ModelState, request: ChatRequest): Promise<Response> {
  const task = takeTask(state, request)
  const failure = takeFailure(task.control, request)
  const call = record(c, task.list, request, failure)
  if (task.list.length > state.callsKept) task.list.shift()
  const gone = new AbortController()
  const signal = AbortSignal.any([gone.signal, state.life.signal, c.req.raw.signal])
  const early = await failEarly(c, failure, signal)
  if (early) return finish(call, 'failed', early)
  await holdBack(task.control, state, signal)
  await pause(task.firstTokenDelayMs, signal)
  if (signal.aborted) return finish(call, 'aborted', refuse(c, 503, 'The caller went away'))
  const telling: Telling = {
    id: `chatcmpl-${call.number}`,
    request,
    answer: prepareAnswer(task.say(), request.maxTokens, failure),
    failure: failure?.kind ?? null,
    delayMsPerWord: task.delayMsPerWord,
    signal,
    reset: () => resetConnection(c),
  }
  call.text = telling.answer.words.join('')
  return request.stream ? tell(telling, call, gone) : tellAtOnce(c, telling, call)
}

/** What is asked for, with its own switches and its own list. */
type Task = {
  control: CallControl
  list: Call[]
  firstTokenDelayMs: number
  delayMsPerWord: number
  say(): string
}

function takeTask({ control, calls, digests, delayMsPerWord }: ModelState, request: ChatRequest): Task {
  const digest = readDigest(request.messages)
  if (digest) {
    const say = () => control.digest.text ?? writeDigest(digest)
    return { control: control.digest, list: digests, firstTokenDelayMs: 0, delayMsPerWord: 0, say }
  }
  const usualDelayMs = request.model.endsWith('-instant') ? 0 : delayMsPerWord
  return {
    control,
    list: calls,
    firstTokenDelayMs: control.firstTokenDelayMs,
    delayMsPerWord: control.delayMsPerWord ?? usualDelayMs,
    say: () => sayWhat(request, control),
  }
}

function tell(telling: Telling, call: Call, gone: AbortController): Response {
  const chunks = streamAnswer(telling)
  const encoder = new TextEncoder()
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await chunks.next()
      if (!done) return controller.enqueue(encoder.encode(value))
      const broken = telling.failure?.includes('midstream') || telling.failure === 'hang-before-first-token'
      finish(call, broken ? 'failed' : telling.signal.aborted ? 'aborted' : 'answered')
      controller.close()
    },
    cancel() {
      gone.abort()
      finish(call, 'aborted')
    },
  })
  return new Response(stream, { headers: { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' } })
}

async function tellAtOnce(c: Context, telling: Telling, call: Call): Promise<Response> {
  const { answer, failure, request, signal } = telling
  await pause(answer.words.length * telling.delayMsPerWord, signal)
  if (failure?.startsWith('hang')) await waitForever(signal)
  if (failure?.endsWith('midstream') && failure !== 'hang-midstream') telling.reset()
  if (failure === 'malformed')
    return finish(call, 'failed', c.body('{"choices":[{', 200, { 'Content-Type': 'application/json' }))
  const message = { role: 'assistant', content: call.text }
  const shape = {
    id: telling.id,
    object: 'chat.completion',
    created: Math.floor(Date.now() / 1000),
    model: request.model,
    choices: [{ index: 0, message, finish_reason: answer.finishReason }],
    usage: countUsage(request, answer),
  }
  return finish(call, signal.aborted ? 'aborted' : 'answered', c.json(shape))
}

function record(c: Context, list: Call[], request: ChatRequest, failure: Failure | null): Call {
  const call: Call = {
    number: (list.at(-1)?.number ?? 0) + 1,
    receivedAt: new Date().toISOString(),
    model: request.model,
    stream: request.stream,
    messages: request.messages,
    maxTokens: request.maxTokens,
    authorization: c.req.header('Authorization') ?? null,
    outcome: 'running',
    failure: failure?.kind ?? null,
    text: '',
  }
  list.push(call)
  return call
}

function finish<Passed>(call: Call, outcome: Call['outcome'], passed?: Passed): Passed {
  if (call.outcome === 'running') call.outcome = outcome
  return passed as Passed
}

async function holdBack(control: CallControl, { held }: ModelState, signal: AbortSignal): Promise<void> {
  while (control.hold && !signal.aborted) {
    await new Promise<void>((resolve) => {
      held.add(resolve)
      signal.addEventListener('abort', () => resolve(), { once: true })
    })
  }
}
