/** Oldest calls are forgotten beyond this many. */
const CALLS_KEPT_MAX = 20_000

/** One request to the Bot API as the sandbox saw it. `outcome` is `ok`, an error code, or how a fault spoilt the answer. */
export type Call = {
  order: number
  method: string
  chatId?: number
  atMs: number
  durationMs?: number
  params: Record<string, unknown>
  outcome: 'running' | 'ok' | number | 'reset' | 'hang' | 'html' | 'half'
  description?: string
  /** The deed was done in this world, whatever the answer said. */
  tookEffect: boolean
}

export type CallFilter = { method?: string; chatId?: number; after?: number }

export function createCalls(now: () => number) {
  let calls: Call[] = []
  let order = 0

  function begin(method: string, chatId: number | undefined, params: Record<string, unknown>): Call {
    order += 1
    const call: Call = {
      order,
      method,
      ...(chatId === undefined ? {} : { chatId }),
      atMs: now(),
      params,
      outcome: 'running',
      tookEffect: false,
    }
    calls.push(call)
    if (calls.length > CALLS_KEPT_MAX) calls = calls.slice(-CALLS_KEPT_MAX / 2)
    return call
  }

  function list(filter: CallFilter = {}): Call[] {
    return calls.filter(
      (call) =>
        (filter.method === undefined || call.method.toLowerCase() === filter.method.toLowerCase()) &&
        (filter.chatId === undefined || call.chatId === filter.chatId) &&
        (filter.after === undefined || call.order > filter.after),
    )
  }

  function clear() {
    calls = []
  }

  return { begin, list, clear }
}
