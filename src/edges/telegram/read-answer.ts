/** A hundred updates of the longest texts are some ten million bytes; no proper answer is longer. */
const ANSWER_MAX_BYTES = 16 * 1024 * 1024

/** What the Bot API says (Bot API, "Making requests"). */
export type Answer =
  | { ok: true; result?: unknown }
  | { ok: false; error_code: number; description: string; parameters?: Record<string, unknown> }

/**
 * Something answered, but not as the Bot API does: a page of whoever stands before it, half a body, a redirect. Only
 * the HTTP status says something then.
 */
export class ImproperAnswerError extends Error {
  override readonly name = 'ImproperAnswerError'
  readonly status: number
  /** For the log. */
  readonly code: string

  constructor(status: number, flaw: string) {
    super(`HTTP ${status}, ${flaw}`)
    this.status = status
    this.code = `HTTP_${status}.${flaw}`
  }
}

/**
 * The answer in a response of the Bot API, read to its end within bounds.
 * @throws ImproperAnswerError for everything that is none; what the connection throws while a good answer is read
 */
export async function readAnswer(response: Response): Promise<Answer> {
  const { status } = response
  const body = await readBody(response).catch((error: unknown) => {
    // The status line of a refusal says more than the broken rest; an answer of 200 that broke off says nothing.
    throw status === 200 ? error : new ImproperAnswerError(status, 'broken_off')
  })
  if (body === null) throw new ImproperAnswerError(status, 'too_large')
  const said = parse(body)
  if (isObject(said) && said.ok === true && status === 200) return { ...said, ok: true }
  if (isObject(said) && said.ok === false && isErrorCode(said.error_code)) return refusalIn(said, said.error_code)
  throw new ImproperAnswerError(status, 'no_answer_of_the_bot_api')
}

/** Null when there is more than an answer may have; what is compressed counts as it is unpacked. */
async function readBody({ body }: Response): Promise<string | null> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength
    if (bytes > ANSWER_MAX_BYTES) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

function refusalIn({ description, parameters }: Record<string, unknown>, code: number): Answer {
  return {
    ok: false,
    error_code: code,
    description: typeof description === 'string' ? description : '',
    ...(isObject(parameters) ? { parameters } : {}),
  }
}

function isErrorCode(code: unknown): code is number {
  return Number.isInteger(code)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
