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
  const length = c.req.header('content-length')
  if (Number(length ?? 0) > BODY_MAX_BYTES) throw new Problem(413, 'too_large')
  // Telegram says how long it is, and Node reads no more than that: then there is nothing to count.
  return inTime(length === undefined ? countBody(c.req.raw.body?.getReader()) : c.req.text())
}

/** @throws Problem 408 when it takes too long, 400 when the sender goes away in its midst */
async function inTime(reading: Promise<string>): Promise<string> {
  const { promise: tooLate, reject } = Promise.withResolvers<never>()
  const deadline = setTimeout(() => reject(new Problem(408, 'too_slow')), BODY_TIMEOUT_MS)
  try {
    return await Promise.race([reading, tooLate])
  } catch (error) {
    throw error instanceof Problem ? error : new Problem(400, 'malformed')
  } finally {
    clearTimeout(deadline)
  }
}

/** Of a body that does not say how long it is. */
async function countBody(reader: ReadableStreamDefaultReader<Uint8Array> | undefined): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    size += part.value.length
    if (size > BODY_MAX_BYTES) throw new Problem(413, 'too_large')
    chunks.push(part.value)
  }
  return Buffer.concat(chunks).toString('utf8')
}
