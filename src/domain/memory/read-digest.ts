import { z } from 'zod'
import { FACT_TEXT_MAX_LENGTH } from '#contract/limits'
import { SUMMARY_LENGTH_MAX } from './digest-request.ts'

/** More than this in one reading is a model that copies the talk. */
const FACTS_AT_ONCE_MAX = 20

const shape = z.object({ summary: z.string(), facts: z.array(z.unknown()).nullish() })
/** Models write numbers as text, too. */
const factShape = z.object({ line: z.coerce.number().int(), text: z.string() })

export interface Digest {
  summary: string
  /** `line` counts from 1, as in the request. */
  facts: { line: number; text: string }[]
}

/**
 * Reads the model's answer: one JSON object, with or without words around it. Null when it is none, or says nothing.
 * Texts are cut to what we keep; a fact of another shape is left out, one that points nowhere by
 * the caller.
 */
export function readDigest(answer: string): Digest | null {
  const json = answer.slice(answer.indexOf('{'), answer.lastIndexOf('}') + 1)
  const parsed = shape.safeParse(parse(json))
  if (!parsed.success) return null
  const summary = clean(parsed.data.summary, SUMMARY_LENGTH_MAX)
  if (summary === '') return null
  const facts = (parsed.data.facts ?? [])
    .flatMap((fact) => factShape.safeParse(fact).data ?? [])
    .map(({ line, text }) => ({ line, text: clean(text, FACT_TEXT_MAX_LENGTH) }))
    .filter(({ text }) => text !== '')
  return { summary, facts: facts.slice(0, FACTS_AT_ONCE_MAX) }
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return null
  }
}

function clean(text: string, lengthMax: number): string {
  const plain = text.replaceAll('\0', '').replace(/\s+/g, ' ').trim()
  return plain.length > lengthMax ? `${plain.slice(0, lengthMax - 1).trimEnd()}…`.toWellFormed() : plain.toWellFormed()
}
