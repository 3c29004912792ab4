import { PAGE_HEADER } from '#contract/events'
import { newKey } from '../shell/new-key.ts'
import { ApiError, readProblem } from './api-error.ts'

const CALL_TIMEOUT_MS = 20_000

export interface CallOptions {
  body?: unknown
  headers?: Record<string, string>
}

export interface Api {
  /** What this page calls itself in all it asks, so that it is told apart from the person's other pages. */
  page: string
  call<T>(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, options?: CallOptions): Promise<T>
  /** Opens a body that never ends; the caller reads it and aborts it. */
  openStream(path: string, signal: AbortSignal): Promise<Response>
}

/**
 * Calls to our own server. With a bearer token (Mini App) no cookie is sent; without one the session cookie is.
 * Every failure is an `ApiError`; the end of the session is also told to `onUnauthorized`.
 */
export function createApi(given: { token?: string | null; onUnauthorized?: () => void } = {}): Api {
  const page = newKey()
  const send = async (path: string, init: RequestInit): Promise<Response> => {
    const response = await fetch(path, {
      ...init,
      credentials: given.token ? 'omit' : 'same-origin',
      headers: {
        ...init.headers,
        [PAGE_HEADER]: page,
        ...(given.token ? { authorization: `Bearer ${given.token}` } : {}),
      },
    }).catch(() => {
      throw new ApiError({ status: 0, code: 'unreachable' })
    })
    if (response.ok) return response
    const problem = await readProblem(response)
    if (problem.endsSession) given.onUnauthorized?.()
    throw problem
  }
  return {
    page,
    async call(method, path, { body, headers } = {}) {
      const response = await send(path, {
        method,
        signal: AbortSignal.timeout(CALL_TIMEOUT_MS),
        headers: { accept: 'application/json', ...(body ? { 'content-type': 'application/json' } : {}), ...headers },
        body: body ? JSON.stringify(body) : null,
      })
      return readBody(response)
    },
    openStream: (path, signal) => send(path, { signal, cache: 'no-store', headers: { accept: 'text/event-stream' } }),
  }
}

async function readBody<T>(response: Response): Promise<T> {
  const text = await response.text().catch(() => {
    throw new ApiError({ status: 0, code: 'unreachable' })
  })
  try {
    return (text ? JSON.parse(text) : undefined) as T
  } catch {
    throw new ApiError({ status: response.status, code: 'not_json' })
  }
}
