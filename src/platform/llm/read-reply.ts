import { classifyFailure } from './classify-failure.ts'
import type { Connection, ReplyPart } from './connect-provider.ts'
import { REPLY_MAX_LENGTH, type ReplyRequest } from './language-model.ts'
import type { Meter } from './meter-call.ts'
import { ModelFailure } from './model-failure.ts'
import { createReplyText, type ReplyText } from './reply-text.ts'

export interface ReadOptions {
  request: Omit<ReplyRequest, 'signal'>
  firstTokenTimeoutMs: number
  /** Hears what is written and what the provider says it took. */
  meter?: Pick<Meter, 'wrote' | 'told' | 'covered'>
  /** Ends the call from outside. */
  signal: AbortSignal
}

/** One call, from the request to the last delta. Throws ModelFailure; after `signal` whatever the abortion throws. */
export async function* readReply(connection: Connection, options: ReadOptions): AsyncGenerator<string> {
  const silence = new AbortController()
  const over = new AbortController()
  const timer = setTimeout(() => silence.abort(), options.firstTokenTimeoutMs)
  const signal = AbortSignal.any([options.signal, silence.signal, over.signal])
  const text = createReplyText(REPLY_MAX_LENGTH)
  let reader: ReadableStreamDefaultReader<ReplyPart> | undefined
  try {
    reader = (await connection.open(options.request, signal)).getReader()
    while (!text.full) {
      const { done, value: part } = await reader.read()
      if (done) break
      if (isToken(part)) clearTimeout(timer)
      // Not every server sends finish_reason: the end mark says as well that nothing is missing.
      const mayEnd = () => connection.sentAll(signal) || !text.visible
      count(part, options.meter)
      const shown = takePart(part, text, mayEnd)
      if (shown !== '') yield shown
      if ((await options.meter?.covered()) === false) break
    }
    if (!text.visible) throw new ModelFailure('model_empty')
    const rest = text.end()
    if (rest !== '') yield rest
  } catch (error) {
    throw silence.signal.aborted ? new ModelFailure('model_timeout', { reason: 'first_token' }) : classifyFailure(error)
  } finally {
    clearTimeout(timer)
    over.abort()
    // Cancelling what the signal has just broken rejects; there is nobody left to care.
    reader?.cancel().catch(() => {})
  }
}

/** A model that thinks aloud before it speaks is not silent. */
function isToken(part: ReplyPart): boolean {
  return (part.type === 'text-delta' || part.type === 'reasoning-delta') && part.delta.trim() !== ''
}

function count(part: ReplyPart, meter: ReadOptions['meter']): void {
  if (part.type === 'text-delta' || part.type === 'reasoning-delta') meter?.wrote(part.delta)
  if (part.type !== 'finish') return
  const { inputTokens, outputTokens } = part.usage
  // A server that counts nothing says 0, or nothing.
  if (inputTokens.total && outputTokens.total) meter?.told({ input: inputTokens.total, output: outputTokens.total })
}

function takePart(part: ReplyPart, text: Pick<ReplyText, 'add'>, mayEnd: () => boolean): string {
  switch (part.type) {
    case 'text-delta':
      return text.add(part.delta)
    case 'raw':
      if (isRefusal(part.rawValue)) throw new ModelFailure('model_refused', { reason: 'refusal' })
      return ''
    case 'error':
      if (isMissingFinish(part.error) && mayEnd()) return ''
      throw classifyFailure(part.error)
    case 'finish':
      checkFinish(part.finishReason.unified, mayEnd)
      return ''
    default:
      return ''
  }
}

type FinishReason = Extract<ReplyPart, { type: 'finish' }>['finishReason']['unified']

function checkFinish(reason: FinishReason, mayEnd: () => boolean): void {
  if (reason === 'content-filter') throw new ModelFailure('model_refused', { reason })
  if (reason === 'interrupted') throw new ModelFailure('model_malformed', { reason })
  if (reason === 'error' && !mayEnd()) throw new ModelFailure('model_malformed', { reason: 'finish_error' })
}

function isMissingFinish(error: unknown): boolean {
  return error instanceof Error && error.name === 'AI_InvalidResponseDataError'
}

/** The package hands a refusal on as if it were the answer: the raw chunk before it tells (Chat Completions API). */
function isRefusal(chunk: unknown): boolean {
  if (typeof chunk !== 'object' || chunk === null || !('choices' in chunk) || !Array.isArray(chunk.choices))
    return false
  const refusal: unknown = chunk.choices[0]?.delta?.refusal
  return typeof refusal === 'string' && refusal !== ''
}
