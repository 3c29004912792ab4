const SENTENCES: Record<string, string> = {
  sign_in_cancelled: 'sign-in-error-cancelled',
  provider_unavailable: 'sign-in-error-unavailable',
}

/** The key of the sentence for what a provider's way back brought; null when nothing went wrong. */
export function readSignInError(search: string): string | null {
  const code = new URLSearchParams(search).get('error')
  return code ? (SENTENCES[code] ?? 'sign-in-error-other') : null
}
