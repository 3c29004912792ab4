import type { Identity, SignInOptions } from '#contract/api'
import type { Texts } from '../texts/texts.ts'

type Login = Pick<Identity, 'provider' | 'displayName'>

/** How people call a provider: "Telegram", "Почта", the label that the operator gave. */
export function providerWord(provider: string, options: SignInOptions | undefined, t: Texts['t']): string {
  if (provider === 'telegram') return 'Telegram'
  if (provider === 'email') return t('logins-email')
  return options?.providers.find(({ name }) => name === provider)?.label ?? provider
}

/** One login in a sentence: an address speaks for itself, other names need their provider. */
export function loginWord({ provider, displayName }: Login, options: SignInOptions | undefined, t: Texts['t']): string {
  if (provider === 'email') return displayName
  const word = providerWord(provider, options, t)
  return displayName ? `${word} (${displayName})` : word
}
