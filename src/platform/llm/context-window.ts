import type { ModelName } from './model-name.ts'

/** What a model that nobody here knows can surely take in. */
const UNKNOWN_CONTEXT_TOKENS = 8_192

/** Families by the beginnings of their names; the smallest window that any of the family was published with. */
const KNOWN: readonly (readonly [pattern: RegExp, tokens: number])[] = [
  [/^(gpt-4o|gpt-4\.1|gpt-4-turbo|gpt-5|o\d)/, 128_000],
  [/^gpt-4/, 8_192],
  [/^gpt-3\.5/, 16_384],
  [/claude/, 200_000],
  [/gemini/, 128_000],
  [/deepseek/, 64_000],
  [/(qwen-?[23]|mistral|mixtral|llama-?3\.[1-9]|llama-?4|gemma-?3|gigachat|yandexgpt)/, 32_000],
]

/** Tokens that prompt and reply may have together. A name with a maker before it (`maker/model`) counts by the model. */
export function contextTokensOf({ model }: ModelName): number {
  const name = model.toLowerCase().split('/').at(-1) ?? ''
  return KNOWN.find(([pattern]) => pattern.test(name))?.[1] ?? UNKNOWN_CONTEXT_TOKENS
}
