import type { Call } from './calls.ts'
import type { StandingFault } from './faults.ts'
import { METHODS } from './methods/table.ts'
import { integer, type Params } from './params.ts'
import { Refusal, refusalBody } from './refusal.ts'
import type { World } from './world.ts'

/** How a call ends: a JSON answer, a page that is no JSON, an answer that breaks off, or silence on the line. */
export type Ending =
  | { kind: 'json'; status: number; body: unknown; retryAfterSeconds?: number }
  | { kind: 'html'; status: number }
  | { kind: 'half'; body: unknown }
  | { kind: 'reset' }
  | { kind: 'hang' }

const RETRY_AFTER_DEFAULT_SECONDS = 1
const FAULT_REFUSALS: Record<string, Refusal> = {
  500: new Refusal(500, 'Internal Server Error'),
  502: new Refusal(502, 'Bad Gateway'),
  504: new Refusal(504, 'Gateway Timeout'),
}

/** Carries out one call, logs it, and lets a standing fault spoil it before or after its effect. */
export async function invoke(world: World, name: string, params: Params, gone?: AbortSignal): Promise<Ending> {
  const chatId = chatIdOf(params)
  const call = world.calls.begin(name, chatId, params.values)
  const fault = world.faults.take(name, chatId)
  if (fault?.delayMs) await pause(fault.delayMs, gone)
  const spoilt = fault && fault.kind !== 'delay'
  const ending = spoilt && !fault.afterEffect ? spoil(fault) : await carryOut(world, name, params, call, gone)
  const answered = spoilt && fault.afterEffect ? spoil(fault, ending) : ending
  close(call, answered, world.now())
  world.signals.emit({ kind: 'call' })
  return answered
}

async function carryOut(world: World, name: string, params: Params, call: Call, gone?: AbortSignal): Promise<Ending> {
  try {
    const method = METHODS.get(name.toLowerCase())
    if (!method) throw new Refusal(404, 'Not Found: method not found')
    const result = await method(world, params, gone)
    call.tookEffect = true
    return { kind: 'json', status: 200, body: { ok: true, result } }
  } catch (error) {
    if (error instanceof Refusal) return refused(error)
    throw error
  }
}

function refused(refusal: Refusal): Ending {
  return {
    kind: 'json',
    status: refusal.code,
    body: refusalBody(refusal),
    retryAfterSeconds: refusal.retryAfterSeconds,
  }
}

/** `ending`: what the call would have been answered, when it took effect. */
function spoil(fault: StandingFault, ending?: Ending): Ending {
  if (fault.kind === 'reset' || fault.kind === 'hang') return { kind: fault.kind }
  if (fault.kind === 'html') return { kind: 'html', status: fault.errorCode ?? 502 }
  if (fault.kind === 'half')
    return { kind: 'half', body: ending?.kind === 'json' ? ending.body : { ok: true, result: {} } }
  if (fault.kind === 'result') return { kind: 'json', status: 200, body: { ok: true, result: fault.result } }
  if (fault.kind === '429') {
    const seconds = fault.retryAfterSeconds ?? RETRY_AFTER_DEFAULT_SECONDS
    return refused(new Refusal(429, `Too Many Requests: retry after ${seconds}`, seconds))
  }
  const own = new Refusal(fault.errorCode ?? 400, fault.description ?? 'Bad Request: a fault on demand')
  const refusal = FAULT_REFUSALS[fault.kind] ?? own
  return fault.kind === 'ok_false' ? { kind: 'json', status: 200, body: refusalBody(refusal) } : refused(refusal)
}

function close(call: Call, ending: Ending, nowMs: number) {
  call.durationMs = nowMs - call.atMs
  if (ending.kind !== 'json') {
    call.outcome = ending.kind
    return
  }
  const body = ending.body as { ok: boolean; error_code?: number; description?: string }
  call.outcome = body.ok ? 'ok' : (body.error_code ?? ending.status)
  if (body.description) call.description = body.description
}

function chatIdOf(params: Params): number | undefined {
  try {
    return integer(params, 'chat_id') ?? integer(params, 'user_id')
  } catch {
    return undefined
  }
}

function pause(ms: number, gone?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    gone?.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
