import { ModelFailure } from './model-failure.ts'

/** More than any answer needs: 16,000 characters arrive in about 4 MB of one-token chunks. */
const RESPONSE_MAX_BYTES = 16_777_216
const END_MARK = /^data: ?\[DONE\]\s*$/m
const END_MARK_MAX_BYTES = 32

export interface GuardedFetch {
  fetch: typeof globalThis.fetch
  /** Whether the answer to the request of this signal ended with `data: [DONE]`. */
  sawEndMark(signal: AbortSignal): boolean
}

/** Lets nothing through but an event stream of bounded size from the very address that was asked. */
export function guardFetch(fetch: typeof globalThis.fetch): GuardedFetch {
  const ended = new WeakSet<AbortSignal>()
  return {
    async fetch(input, init) {
      const response = await fetch(input, { ...init, redirect: 'error' })
      const contentType = response.headers.get('content-type') ?? ''
      if (response.ok && !/^text\/event-stream\b/i.test(contentType)) {
        await response.body?.cancel()
        throw new ModelFailure('model_malformed', { reason: 'content_type', status: response.status })
      }
      const watched = response.body?.pipeThrough(watch(() => init?.signal && ended.add(init.signal)))
      return new Response(watched ?? null, response)
    },
    sawEndMark: (signal) => ended.has(signal),
  }
}

/** The packages drop the end mark, but a server that forgets `finish_reason` tells a whole answer from a cut one by it. */
function watch(onEndMark: () => void): TransformStream<Uint8Array, Uint8Array> {
  let bytes = 0
  let tail = Buffer.alloc(0)
  return new TransformStream({
    transform(chunk, controller) {
      bytes += chunk.length
      if (bytes > RESPONSE_MAX_BYTES) throw new ModelFailure('model_malformed', { reason: 'too_large' })
      tail = Buffer.concat([tail, chunk.subarray(-END_MARK_MAX_BYTES)]).subarray(-END_MARK_MAX_BYTES)
      controller.enqueue(chunk)
    },
    flush() {
      if (END_MARK.test(tail.toString('latin1'))) onEndMark()
    },
  })
}
