import { Api } from 'grammy'

/** Bot API error bodies are JSON; what a proxy in between says is not. */
const JSON_TYPE = /^application\/json\b/i

/** The Bot API of one bot, over the platform's own fetch; retries and pace are delivery's. */
export function createTelegramApi({ token, apiRoot }: { token: string; apiRoot: string }): Api {
  return new Api(token, { apiRoot, fetch: fetchAsBotApi as unknown as typeof fetch })
}

/** The numeric id of a bot is the part of its token before the colon (Bot API, "Authorizing your bot"). */
export function botIdOf(token: string): string {
  return token.split(':', 1)[0] ?? ''
}

/** An error page of whoever stands before the Bot API keeps its status: without it a 502 would look like a lost answer. */
async function fetchAsBotApi(
  input: string | URL,
  { method, headers, body, signal }: RequestInit = {},
): Promise<Response> {
  const response = await fetch(input, {
    ...(method ? { method } : {}),
    ...(headers ? { headers } : {}),
    // A file goes out as it is read (undici asks for this word then).
    ...(body ? { body, duplex: 'half' } : {}),
    signal: toPlatformSignal(signal),
    redirect: 'error',
  })
  if (response.ok || JSON_TYPE.test(response.headers.get('content-type') ?? '')) return response
  await response.body?.cancel()
  const description = `HTTP ${response.status}`
  return Response.json({ ok: false, error_code: response.status, description }, { status: response.status })
}

/** grammY aborts with a signal of its own make, which the platform's fetch does not take. */
function toPlatformSignal(signal: AbortSignal | null | undefined): AbortSignal | null {
  if (!signal) return null
  const controller = new AbortController()
  if (signal.aborted) controller.abort()
  else signal.addEventListener('abort', () => controller.abort(), { once: true })
  return controller.signal
}
