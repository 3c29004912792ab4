const PROVIDERS = ['openai-compatible', 'openai', 'anthropic'] as const

export type ProviderName = (typeof PROVIDERS)[number]

export interface ModelName {
  provider: ProviderName
  model: string
}

/** A wrong setting; the message names it. */
export class ModelConfigurationError extends Error {
  override readonly name = 'ModelConfigurationError'
}

/** Splits `provider:model` at the first colon: names of models may have further ones. `setting` is told in the error. */
export function parseModelName(text: string, setting: string): ModelName {
  const colon = text.indexOf(':')
  const provider = PROVIDERS.find((name) => name === text.slice(0, Math.max(colon, 0)))
  const model = text.slice(colon + 1).trim()
  if (!provider || model === '') {
    throw new ModelConfigurationError(
      `${setting} must be <provider>:<model> with a provider of ${PROVIDERS.join(', ')}`,
    )
  }
  return { provider, model }
}
