import { createAnthropic } from '@ai-sdk/anthropic'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { guardFetch } from './guard-fetch.ts'
import type { ModelMessage, ReplyRequest } from './language-model.ts'
import { ModelConfigurationError, type ModelName, type ProviderName } from './model-name.ts'

const OPENAI_BASE_URL = 'https://api.openai.com/v1'
const ANTHROPIC_BASE_URL = 'https://api.anthropic.com/v1'
/** Anthropic refuses a talk that begins with the assistant (Messages API), as an opening line does. */
const STANDING_QUESTION: ModelMessage = { role: 'user', text: '…' }

type ProviderModel = ReturnType<ReturnType<typeof createOpenAICompatible>['chatModel']>
type CallOptions = Parameters<ProviderModel['doStream']>[0]
export type ReplyParts = Awaited<ReturnType<ProviderModel['doStream']>>['stream']
export type ReplyPart = ReplyParts extends ReadableStream<infer Part> ? Part : never

/** One model of one provider, asked once per call: retries and limits are the caller's. */
export interface Connection extends ModelName {
  open(request: Omit<ReplyRequest, 'signal'>, signal: AbortSignal): Promise<ReplyParts>
  /** The answer to the call of this signal was sent to its end, whatever its last chunk says. */
  sentAll(signal: AbortSignal): boolean
}

export interface ProviderAccess {
  /** For `openai-compatible`, which has no address of its own. */
  baseUrl?: string | undefined
  apiKey?: string | undefined
  fetch?: typeof globalThis.fetch | undefined
}

/** Opens nothing yet. Throws ModelConfigurationError when an address or a key is missing. */
export function connectProvider({ provider, model }: ModelName, access: ProviderAccess): Connection {
  const { fetch, sawEndMark } = guardFetch(access.fetch ?? globalThis.fetch)
  const asked = makeModel({ provider, model }, { ...access, fetch })
  return {
    provider,
    model,
    sentAll: sawEndMark,
    async open({ system, messages, maxOutputTokens }, signal) {
      const prompt = makePrompt(provider, system, messages)
      const { stream } = await asked.doStream({ prompt, maxOutputTokens, abortSignal: signal, includeRawChunks: true })
      return stream
    },
  }
}

function makeModel({ provider, model }: ModelName, { baseUrl, apiKey, fetch }: ProviderAccess): ProviderModel {
  switch (provider) {
    case 'openai-compatible':
      return createOpenAICompatible({ name: provider, baseURL: requireUrl(baseUrl), apiKey, fetch }).chatModel(model)
    case 'openai':
      return createOpenAICompatible({
        name: provider,
        baseURL: OPENAI_BASE_URL,
        apiKey: requireKey(apiKey, provider),
        fetch,
        // OpenAI's newer models refuse the older name (Chat Completions API).
        transformRequestBody: ({ max_tokens, ...body }) => ({ ...body, max_completion_tokens: max_tokens }),
      }).chatModel(model)
    case 'anthropic':
      return createAnthropic({ baseURL: ANTHROPIC_BASE_URL, apiKey: requireKey(apiKey, provider), fetch })(model)
  }
}

function makePrompt(provider: ProviderName, system: string, messages: readonly ModelMessage[]): CallOptions['prompt'] {
  const standing = provider === 'anthropic' && messages[0]?.role === 'assistant' ? [STANDING_QUESTION] : []
  return [
    ...(system === '' ? [] : [{ role: 'system' as const, content: system }]),
    ...[...standing, ...messages].map(({ role, text }) => ({ role, content: [{ type: 'text' as const, text }] })),
  ]
}

function requireUrl(baseUrl: string | undefined): string {
  const url = baseUrl === undefined ? null : URL.parse(baseUrl)
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new ModelConfigurationError('LLM_BASE_URL must be the http(s) address of the openai-compatible model')
  }
  return url.href
}

function requireKey(apiKey: string | undefined, provider: ProviderName): string {
  if (!apiKey) throw new ModelConfigurationError(`LLM_API_KEY is required for ${provider} models`)
  return apiKey
}
