import type { LinkConfirmed, LinkPreview, Me } from '#contract/api'
import type { Api } from '../api/create-api.ts'
import { keepCode } from './kept-code.ts'
import { isJoined, type LinkState, stateAfter } from './link-state.ts'

/** What a link would do. Changes nothing, and never rejects: every refusal is a state. */
export function previewLink(api: Api, token: string): Promise<LinkState> {
  return api
    .call<LinkPreview>('POST', '/api/link/preview', { body: { token } })
    .then((preview) => ({ at: 'preview', preview }), stateAfter)
}

/** The word of who is signed in. Never rejects. */
export function confirmLink(api: Api, token: string): Promise<LinkState> {
  return api.call<LinkConfirmed>('POST', '/api/link/confirm', { body: { token } }).then((answer) => {
    if (answer.status === 'linked') return { at: 'linked' }
    keepCode(token, answer)
    return { at: 'code', waiting: answer }
  }, stateAfter)
}

/** A link that was used may have been used by this very person, whose answer was lost. `before`: who they were then. */
export async function whoUsedIt(api: Api, state: LinkState, before: Me): Promise<LinkState> {
  if (state.at !== 'dead' || state.code !== 'used' || isJoined(before)) return state
  const now = await askMe(api)
  return now && isJoined(now) ? { at: 'linked' } : state
}

export function askMe(api: Api): Promise<Me | null> {
  return api.call<Me>('GET', '/api/me').catch(() => null)
}
