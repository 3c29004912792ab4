import { z } from 'zod'
import type { ChatMessage } from './conversation.ts'

const part = z.looseObject({ type: z.string(), text: z.string().optional() })
const content = z.union([z.string(), z.array(part), z.null()]).optional()
const body = z.looseObject({
  model: z.string().min(1),
  messages: z.array(z.looseObject({ role: z.string(), content })).min(1),
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().nullish() }).nullish(),
  max_tokens: z.number().int().positive().nullish(),
  max_completion_tokens: z.number().int().positive().nullish(),
})

/** A chat completion as asked for. */
export type ChatRequest = {
  model: string
  messages: ChatMessage[]
  stream: boolean
  includeUsage: boolean
  /** Null means no cap. */
  maxTokens: number | null
}

/** Reads the body of `POST /v1/chat/completions`; a string says what is wrong with it. */
export function readRequest(input: unknown): ChatRequest | string {
  const parsed = body.safeParse(input)
  if (!parsed.success) return z.prettifyError(parsed.error)
  const { model, messages, stream, stream_options, max_tokens, max_completion_tokens } = parsed.data
  return {
    model,
    messages: messages.map((message) => ({ role: message.role, content: joinParts(message.content) })),
    stream: stream ?? false,
    includeUsage: stream_options?.include_usage ?? true,
    maxTokens: max_completion_tokens ?? max_tokens ?? null,
  }
}

function joinParts(given: z.infer<typeof content>): string {
  if (typeof given === 'string') return given
  return (given ?? []).map(({ text }) => text ?? '').join('\n')
}
