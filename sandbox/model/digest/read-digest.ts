import { z } from 'zod'
import type { ChatMessage } from '../conversation.ts'

const digest = z.object({
  previousSummary: z.string().nullable(),
  known: z.array(z.string()),
  lines: z.array(z.object({ n: z.number(), who: z.enum(['person', 'companion']), text: z.string() })),
})

/** A talk that is to be drawn together: what was known before, and the lines since. */
export type Digest = z.infer<typeof digest>

/**
 * The talk of a request that asks for `{"summary", "facts"}` and holds one user message in Vitte's shape; null for any
 * other request.
 */
export function readDigest(messages: readonly ChatMessage[]): Digest | null {
  const asked = messages.some(
    ({ role, content }) => role === 'system' && content.includes('"summary"') && content.includes('"facts"'),
  )
  const [only, another] = messages.filter(({ role }) => role !== 'system')
  if (!asked || only?.role !== 'user' || another) return null
  const parsed = digest.safeParse(parseJson(only.content))
  return parsed.success ? parsed.data : null
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
