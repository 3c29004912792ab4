import { setTimeout as wait } from 'node:timers/promises'
import { composeAnswer } from './compose-answer.ts'
import type { Control, Failure } from './control.ts'
import { readConversation } from './conversation.ts'
import type { ChatRequest } from './read-request.ts'

const MEGABYTE = 1_048_576
const BYTES_PER_TOKEN = 4

/** What will be said, in the pieces in which it is streamed. */
export type Answer = { words: string[]; finishReason: 'stop' | 'length' | 'content_filter' }

/** Decides what is said to a request that is no digest. */
export function sayWhat({ messages }: ChatRequest, control: Control): string {
  if (control.text !== null) return control.text
  if (control.mode === 'echo') return messages.findLast(({ role }) => role === 'user')?.content ?? ''
  return composeAnswer(readConversation(messages))
}

/** Cuts what is to be said into words, and ends it where the caller capped it or a failure does. */
export function prepareAnswer(said: string, maxTokens: number | null, failure: Failure | null): Answer {
  if (failure?.kind === 'empty') return { words: [], finishReason: 'stop' }
  if (failure?.kind === 'filtered') return { words: [], finishReason: 'content_filter' }
  const words = splitWords(said)
  if (failure?.kind === 'megabyte') {
    const text = words.join('').trim() || 'again'
    return { words: splitWords(`${text} `.repeat(Math.ceil(MEGABYTE / (text.length + 1)))), finishReason: 'stop' }
  }
  const cap = failure?.kind === 'length' ? countTokens(words.join('')) / 2 : (maxTokens ?? Infinity)
  let spent = 0
  const kept = words.filter((word) => {
    spent += countTokens(word)
    return spent <= cap
  })
  const whole = kept.length === words.length && failure?.kind !== 'length'
  return { words: kept, finishReason: whole ? 'stop' : 'length' }
}

function splitWords(text: string): string[] {
  return text.match(/\s*\S+|\s+$/gu) ?? []
}

/** A rough measure of our own: no tokenizer is asked. */
export function countTokens(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / BYTES_PER_TOKEN)
}

/** Waits a while unless told to stop; never throws. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms > 0) await wait(ms, undefined, { signal }).catch(() => undefined)
}

/** Waits until told to stop. */
export function waitForever(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}
