import assert from 'node:assert/strict'
import type { TestBrowser } from './start-test-sign-in.ts'

export interface TestConsent {
  /** Their id at the provider. */
  person: number
  decision?: 'allow' | 'deny'
  returnTo?: string
}

/** Goes to the provider, says yes (or no) as this person, and returns the address it sends the browser back to. */
export async function giveTestConsent(
  page: TestBrowser,
  provider: string,
  { person, decision = 'allow', returnTo = '/chat' }: TestConsent,
): Promise<URL> {
  const away = await page(`/auth/${provider}?returnTo=${encodeURIComponent(returnTo)}`)
  assert.equal(away.status, 302)
  const target = new URL(away.headers.get('location') ?? '')
  const body = new URLSearchParams({ ...Object.fromEntries(target.searchParams), person: String(person), decision })
  const back = await fetch(`${target.origin}${target.pathname}`, { method: 'POST', body, redirect: 'manual' })
  return new URL(back.headers.get('location') ?? '')
}
