import { isDeepStrictEqual } from 'node:util'
import type { Answer } from '../../harness/client.ts'
import type { RawAnswer } from '../forged/raw-client.ts'

export interface Try {
  sent: string
  answered: string
  held: boolean
}

/** What one row of the list has tried so far. */
export interface Tries {
  list: readonly Try[]
  /** What was sent, what came back, and whether that is as it should be. */
  judge(sent: string, answered: string, held: boolean): void
  /** An answer that must be one of these: `401`, `401 expired`, `200 linked`. */
  says(sent: string, answer: Answer | RawAnswer, ...wanted: string[]): void
  /** What nobody may have changed. */
  stays(what: string, before: unknown, after: unknown): void
}

const SHOWN_MAX_LENGTH = 160

export function startTries(): Tries {
  const list: Try[] = []
  const judge: Tries['judge'] = (sent, answered, held) => {
    list.push({ sent: short(sent), answered: short(answered), held })
  }
  return {
    list,
    judge,
    says(sent, answer, ...wanted) {
      const words = wordsOf(answer)
      judge(sent, words, wanted.includes(words) || wanted.includes(String(answer.status)))
    },
    stays(what, before, after) {
      const same = isDeepStrictEqual(before, after)
      judge(what, same ? 'as before' : `${JSON.stringify(before)} became ${JSON.stringify(after)}`, same)
    },
  }
}

/** Status and word of an answer in one line: `410 used`, `200 linked`. */
function wordsOf(answer: Answer | RawAnswer): string {
  const body = 'text' in answer ? parse(answer.text) : answer.body
  const { code, status } = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>
  // What a good answer calls a code is a secret; what a refusal calls a status is the number again.
  const word = answer.status < 400 ? status : code
  return word === undefined ? String(answer.status) : `${answer.status} ${word}`
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function short(text: string): string {
  const line = text.replace(/\s+/g, ' ')
  return line.length > SHOWN_MAX_LENGTH ? `${line.slice(0, SHOWN_MAX_LENGTH)}…` : line
}
