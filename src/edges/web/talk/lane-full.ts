import { Problem } from '#edges/http'

/** About one answer: then there is room again. */
const RETRY_AFTER_SECONDS = 5

/** Too many questions wait on this interface already. */
export function laneFull(): Problem {
  return new Problem(429, 'lane_full', { headers: { 'Retry-After': String(RETRY_AFTER_SECONDS) } })
}
