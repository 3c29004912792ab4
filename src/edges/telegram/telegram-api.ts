import { Api } from 'grammy'
import { readAnswer } from './read-answer.ts'

/** The Bot API of one bot, over the platform's own fetch; retries and pace are delivery's. */
export function createTelegramApi({ token, apiRoot }: { token: string; apiRoot: string }): Api {
  return new Api(token, { apiRoot, fetch: fetchAsBotApi as unknown as typeof fetch })
}

/** The numeric id of a bot is the part of its token before the colon (Bot API, "Authorizing your bot"). */
export function botIdOf(token: string): string {
  return token.split(':', 1)[0] ?? ''
}

/** A redirect is an answer like another improper one: followed, it would carry the token elsewhere. */
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
    redirect: 'manual',
  })
  return Response.json(await readAnswer(response))
}

/** grammY aborts with a signal of its own make, which the platform's fetch does not take. */
function toPlatformSignal(signal: AbortSignal | null | undefined): AbortSignal | null {
  if (!signal) return null
  const controller = new AbortController()
  if (signal.aborted) controller.abort()
  else signal.addEventListener('abort', () => controller.abort(), { once: true })
  return controller.signal
}
