import { z } from 'zod'
import type { ChatRequest } from './read-request.ts'

/** What can go wrong with a call: before the answer, in its middle, or with what it says. */
export const FAILURES = [
  '429',
  '500',
  '503',
  'html',
  'reset',
  'hang-before-headers',
  'hang-before-first-token',
  'hang-midstream',
  'reset-midstream',
  'cut-midstream',
  'malformed',
  'error-midstream',
  'empty',
  'filtered',
  'length',
  'megabyte',
] as const
export type FailureKind = (typeof FAILURES)[number]

const failure = z.strictObject({
  kind: z.enum(FAILURES),
  /** How many calls it meets; null until cleared. */
  times: z.number().int().positive().nullable().default(1),
  retryAfterSeconds: z.number().int().min(0).default(1),
  /** Only calls for this model (the rest of `provider:model`). */
  model: z.string().optional(),
  /** Only calls whose last user message contains this. */
  question: z.string().optional(),
})
const digestPatch = z.strictObject({
  /** Replaces the list; the same kinds as for answers. */
  failures: z.array(failure).optional(),
  /** Said instead of a digest, word for word: no JSON unless it is JSON. */
  text: z.string().nullable().optional(),
  /** While true every digest waits before its first token. */
  hold: z.boolean().optional(),
})
export const controlPatch = z.strictObject({
  /** Replaces the list of failures; the first one that fits a call is used. */
  failures: z.array(failure).optional(),
  delayMsPerWord: z.number().min(0).nullable().optional(),
  firstTokenDelayMs: z.number().min(0).optional(),
  mode: z.enum(['character', 'echo']).optional(),
  /** Said instead of anything else, word for word. */
  text: z.string().nullable().optional(),
  /** While true every call waits before its first token. */
  hold: z.boolean().optional(),
  /** For digests alone: nothing else here meets them, and this meets nothing else. */
  digest: digestPatch.optional(),
})

export type ControlPatch = z.input<typeof controlPatch>
export type Failure = z.infer<typeof failure>

/** The switches a test turns for calls of one kind. */
export type CallControl = { failures: Failure[]; text: string | null; hold: boolean }

export type Control = CallControl & {
  delayMsPerWord: number | null
  firstTokenDelayMs: number
  mode: 'character' | 'echo'
  digest: CallControl
}

const FRESH: CallControl = { failures: [], text: null, hold: false }

export function freshControl(): Control {
  return { ...FRESH, delayMsPerWord: null, firstTokenDelayMs: 0, mode: 'character', digest: { ...FRESH } }
}

/** Sets some switches and leaves the others as they are. */
export function setSwitches(control: Control, patch: ControlPatch): void {
  const { digest, ...rest } = controlPatch.parse(patch)
  Object.assign(control, rest)
  Object.assign(control.digest, digest)
}

/** Uses up the first failure that is meant for this call. */
export function takeFailure(control: CallControl, { model, messages }: ChatRequest): Failure | null {
  const question = messages.findLast(({ role }) => role === 'user')?.content ?? ''
  const found = control.failures.find(
    (item) => (item.model ?? model) === model && question.includes(item.question ?? ''),
  )
  if (!found) return null
  if (found.times !== null) found.times -= 1
  if (found.times === 0) control.failures = control.failures.filter((item) => item !== found)
  return found
}
