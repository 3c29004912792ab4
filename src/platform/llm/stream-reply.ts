import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '#platform/log'
import type { Breaker, Pass } from './breaker.ts'
import { choosePause } from './choose-pause.ts'
import { classifyFailure } from './classify-failure.ts'
import type { Connection } from './connect-provider.ts'
import { type Deadline, startDeadline } from './deadline.ts'
import type { ReplyRequest } from './language-model.ts'
import { type Meter, openMeter } from './meter-call.ts'
import type { ModelBudget } from './model-budget.ts'
import { ModelFailure, ReplyStopped } from './model-failure.ts'
import type { ModelMetrics } from './model-metrics.ts'
import { readReply } from './read-reply.ts'

/** A way to a reply. Ways to one provider share its breaker. */
export interface Route {
  connection: Connection
  breaker: Breaker
}

export interface StreamOptions {
  routes: readonly Route[]
  firstTokenTimeoutMs: number
  timeoutMs: number
  log: Log
  metrics: ModelMetrics
  budget: ModelBudget
}

interface Call extends StreamOptions {
  request: ReplyRequest
  deadline: Deadline
  signal: AbortSignal
}

/** Asks route after route until one replies; after the first delta there is no other try. */
export async function* streamReply(options: StreamOptions, request: ReplyRequest): AsyncGenerator<string> {
  const deadline = startDeadline(options.timeoutMs)
  const call: Call = { ...options, request, deadline, signal: AbortSignal.any([request.signal, deadline.signal]) }
  try {
    let failure = new ModelFailure('model_unavailable')
    for (const [index, route] of options.routes.entries()) {
      const outcome = yield* tryRoute(route, call, index < options.routes.length - 1)
      if (outcome === null) return
      failure = outcome
      if (failure.shown || isFinal(failure) || deadline.signal.aborted) break
    }
    throw failure
  } finally {
    deadline.clear()
  }
}

/** No other model would say it, or may be asked. */
function isFinal({ code }: ModelFailure): boolean {
  return code === 'model_refused' || code === 'service_resting'
}

/** Returns null when the reply is complete. */
async function* tryRoute(route: Route, call: Call, hasFallback: boolean): AsyncGenerator<string, ModelFailure | null> {
  for (let retries = 0; ; retries += 1) {
    if (call.request.signal.aborted) throw new ReplyStopped()
    const pass = route.breaker.enter()
    if (!pass) return new ModelFailure('model_unavailable', { reason: 'breaker_open' })
    const failure = yield* attempt(route, pass, call, retries)
    if (failure === null || call.deadline.signal.aborted) return failure
    const pauseMs = choosePause(failure, { retries, remainingMs: call.deadline.remainingMs(), hasFallback })
    if (pauseMs === null) return failure
    await sleep(pauseMs, undefined, { signal: call.signal }).catch(() => {})
  }
}

async function* attempt(
  route: Route,
  pass: Pass,
  call: Call,
  retries: number,
): AsyncGenerator<string, ModelFailure | null> {
  try {
    const meter = await openMeter(call.budget, call.request)
    if (!meter) return new ModelFailure('service_resting', { retryable: false })
    return yield* ask(route, pass, { ...call, meter }, retries)
  } finally {
    pass.release()
  }
}

async function* ask(
  { connection, breaker }: Route,
  pass: Pass,
  call: Call & { meter: Meter },
  retries: number,
): AsyncGenerator<string, ModelFailure | null> {
  const { provider, model } = connection
  const startedMs = performance.now()
  let shownLength = 0
  try {
    for await (const text of readReply(connection, call)) {
      if (shownLength === 0) call.metrics.firstToken(provider, performance.now() - startedMs)
      shownLength += text.length
      yield text
    }
    pass.succeeded()
    call.metrics.called(provider, 'replied')
    const durationMs = Math.round(performance.now() - startedMs)
    call.log.debug('model.replied', { provider, model, attempt: retries + 1, durationMs, length: shownLength })
    return null
  } catch (error) {
    if (call.request.signal.aborted) throw new ReplyStopped()
    const failure = explain(error, call)
    await settle(call, provider, failure)
    if (failure.code === 'model_refused') pass.succeeded()
    else pass.failed()
    call.metrics.called(provider, failure.code)
    const { code, reason, status } = failure
    const durationMs = Math.round(performance.now() - startedMs)
    call.log.warn('model.call_failed', { provider, model, code, reason, status, attempt: retries + 1, durationMs })
    if (breaker.open) call.log.error('model.left_alone', { provider })
    return shownLength > 0 ? failure.afterShowing() : failure
  } finally {
    await settle(call, provider)
  }
}

/** Whoever stops reading is settled too. */
async function settle(call: Call & { meter: Meter }, provider: string, failure?: ModelFailure): Promise<void> {
  const use = await call.meter.close(failure)
  if (!use) return
  call.metrics.used(provider, use)
  call.request.onUse?.(use)
}

function explain(error: unknown, { deadline }: Call): ModelFailure {
  if (deadline.signal.aborted) return new ModelFailure('model_timeout', { reason: 'whole', retryable: false })
  return classifyFailure(error)
}
