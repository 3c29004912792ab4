const SENTENCES: Record<string, string> = {
  access_denied: 'sign-in-error-denied',
  expired: 'sign-in-error-expired',
  invalid_state: 'sign-in-error-expired',
  unavailable: 'sign-in-error-unavailable',
  conflict: 'sign-in-error-conflict',
}

/** The key of the sentence for what a provider's way back brought; null when nothing went wrong. */
export function readSignInError(search: string): string | null {
  const code = new URLSearchParams(search).get('error')
  return code ? (SENTENCES[code] ?? 'sign-in-error-other') : null
}
