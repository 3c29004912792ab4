import type { Problem } from '#contract/api'

const REFUSED_PROOFS = new Set(['invalid_code', 'invalid_signature', 'expired', 'replayed'])

/** What went wrong with a call. `detail` is a sentence for people in their language, empty when nobody answered. */
export class ApiError extends Error {
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly retryAfterSeconds: number | null

  constructor(given: { status: number; code: string; detail?: string; retryAfterSeconds?: number | null }) {
    super(`${given.status} ${given.code}`)
    this.status = given.status
    this.code = given.code
    this.detail = given.detail ?? ''
    this.retryAfterSeconds = given.retryAfterSeconds ?? null
  }

  /** Nobody answered, or only something in between did: the same call may simply be made again. */
  get unreachable(): boolean {
    return this.status === 0 || this.status === 502 || this.status === 503 || this.status === 504
  }

  /** Nobody is signed in any more. A wrong code is a 401 too, and ends nothing. */
  get endsSession(): boolean {
    return this.status === 401 && !REFUSED_PROOFS.has(this.code)
  }
}

/** Reads RFC 9457 problem details; an answer of any other shape becomes an error without a sentence. */
export async function readProblem(response: Response): Promise<ApiError> {
  const problem: Partial<Problem> = await response.json().catch(() => ({}))
  const retryAfter = Number(response.headers.get('retry-after'))
  return new ApiError({
    status: response.status,
    code: typeof problem.code === 'string' ? problem.code : `http_${response.status}`,
    detail: typeof problem.detail === 'string' ? problem.detail : '',
    retryAfterSeconds: retryAfter > 0 ? retryAfter : null,
  })
}

/** The sentence to show for any thrown thing: the server's own, or the one given for silence. */
export function sentenceOf(error: unknown, otherwise: string): string {
  return error instanceof ApiError && error.detail ? error.detail : otherwise
}
