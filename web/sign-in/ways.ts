import type { SignInOptions } from '#contract/api'

/** Where a sign-in with Telegram begins; null when this installation has no such way. It ends at `returnTo`. */
export function telegramWay({ telegram }: SignInOptions, returnTo: string): string | null {
  if (telegram.oidc) return withReturn('/auth/telegram', returnTo)
  return telegram.widget ? withReturn('/auth/telegram/widget', returnTo) : null
}

/** The same for another provider. */
export function providerWay(name: string, returnTo: string): string {
  return withReturn(`/auth/${encodeURIComponent(name)}`, returnTo)
}

function withReturn(path: string, returnTo: string): string {
  return `${path}?returnTo=${encodeURIComponent(returnTo)}`
}
