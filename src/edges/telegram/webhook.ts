import { timingSafeEqual } from 'node:crypto'
import { type App, type AppContext, defineRoute, Problem } from '#edges/http'
import { type InboundUpdate, MalformedUpdate } from './inbound-update.ts'
import { parseUpdate } from './parse-update.ts'

const SECRET_HEADER = 'x-telegram-bot-api-secret-token'
const BODY_MAX_BYTES = 1024 * 1024
const BODY_TIMEOUT_MS = 10_000

export interface WebhookDeps {
  /** Those that count at this moment. */
  secrets(): string[]
  handle(update: InboundUpdate): Promise<void>
}

const route = defineRoute({
  method: 'post',
  path: '/telegram/webhook',
  owner: 'public',
  summary: 'Updates from Telegram; the secret header is checked before the body is read',
  responses: { 200: { description: 'Committed' } },
})

/** Takes updates from Telegram (Bot API setWebhook): 200 after commit, 401 without the secret, 503 when it should repeat. */
export function telegramRoutes(app: App, { secrets, handle }: WebhookDeps): void {
  app.openapi(route, async (c) => {
    const given = Buffer.from(c.req.header(SECRET_HEADER) ?? '')
    // Every one is compared, so that the time tells nothing of which it was.
    const known = secrets().map((secret) => isSecret(given, Buffer.from(secret)))
    if (!known.includes(true)) throw new Problem(401, 'unauthorized')
    await handle(parse(await readBody(c)))
    return c.body(null, 200)
  })
}

function isSecret(bytes: Buffer, expected: Buffer): boolean {
  // A wrong length is compared with itself, so that it takes as long.
  const same = timingSafeEqual(bytes.length === expected.length ? bytes : expected, expected)
  return same && bytes.length === expected.length
}

function parse(body: string): InboundUpdate {
  try {
    return parseUpdate(JSON.parse(body))
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof MalformedUpdate || error instanceof TypeError) {
      throw new Problem(400, 'malformed')
    }
    throw error
  }
}

async function readBody(c: AppContext): Promise<string> {
  if ((c.req.header('content-encoding') ?? 'identity') !== 'identity') throw new Problem(415, 'unsupported_encoding')
  if (Number(c.req.header('content-length') ?? 0) > BODY_MAX_BYTES) throw new Problem(413, 'too_large')
  const reader = c.req.raw.body?.getReader()
  let late = false
  const deadline = setTimeout(() => {
    late = true
    void reader?.cancel().catch(() => {})
  }, BODY_TIMEOUT_MS)
  try {
    const chunks: Uint8Array[] = []
    let size = 0
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      size += part.value.length
      if (size > BODY_MAX_BYTES) throw new Problem(413, 'too_large')
      chunks.push(part.value)
    }
    if (late) throw new Problem(408, 'too_slow')
    return Buffer.concat(chunks).toString('utf8')
  } finally {
    clearTimeout(deadline)
  }
}
