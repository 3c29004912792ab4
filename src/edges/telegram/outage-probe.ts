import { type Api, GrammyError } from 'grammy'

const PROBE_TIMEOUT_MS = 3_000
/** During an outage many chats ask; one look serves them all for this long. */
const KNOWN_FOR_MS = 2_000

/** Tells whether the Bot API as a whole is away: whether even the plainest call (getMe) gets no proper answer. */
export function createOutageProbe(api: Api): () => Promise<boolean> {
  let known: { away: Promise<boolean>; untilMs: number } | undefined
  return () => {
    if (known && performance.now() < known.untilMs) return known.away
    known = { away: probe(api), untilMs: performance.now() + KNOWN_FOR_MS }
    return known.away
  }
}

async function probe(api: Api): Promise<boolean> {
  try {
    await api.getMe(AbortSignal.timeout(PROBE_TIMEOUT_MS) as never)
    return false
  } catch (error) {
    return !(error instanceof GrammyError) || error.error_code >= 500
  }
}
