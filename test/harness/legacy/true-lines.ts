import { PERSONAS } from './draw.ts'
import { finite, type LegacyMessage, type LegacyProfile } from './rows.ts'
import type { TrueOutcome } from './truth.ts'

/** What the old house calls its two sides, in small letters. */
const ROLES: Record<string, TrueLine['role']> = {
  user: 'user',
  human: 'user',
  assistant: 'assistant',
  bot: 'assistant',
  ai: 'assistant',
}

/** One line of the history that must come of a message. */
export interface TrueLine {
  /** The legacy id. */
  id: string
  role: 'user' | 'assistant'
  text: string
  /** As the source has it: known, unknown or none. */
  persona: string | null
  /** ISO 8601 UTC with microseconds; null: when the run began, as nothing else is known. */
  at: string | null
}

/** The lines of one profile in the order of their ids, and what must be told of its messages. */
export function readLines(
  profile: LegacyProfile,
  messages: readonly LegacyMessage[],
): { lines: TrueLine[]; outcomes: TrueOutcome[] } {
  const lines: TrueLine[] = []
  const outcomes: TrueOutcome[] = []
  const inOrder = messages.toSorted((one, other) => (BigInt(one.id) < BigInt(other.id) ? -1 : 1))
  for (const [index, { id, persona, role: word, content, created_at }] of inOrder.entries()) {
    const row = { table: 'chat_messages', key: id } as const
    const role = ROLES[(word ?? '').toLowerCase()]
    if (content === null || content.trim() === '') {
      outcomes.push({ ...row, outcome: 'rejected', reason: 'empty_content' })
    } else if (role === undefined) {
      outcomes.push({ ...row, outcome: 'rejected', reason: 'unknown_role' })
    } else {
      lines.push({
        id,
        role,
        text: content,
        persona,
        at: finite(created_at) ?? timeAround(inOrder, index) ?? finite(profile.created_at),
      })
      const repaired = { ...row, outcome: 'repaired' } as const
      if (persona === null) outcomes.push({ ...repaired, reason: 'null_persona' })
      else if (!PERSONAS.some((known) => known === persona)) outcomes.push({ ...repaired, reason: 'unknown_persona' })
      if (finite(created_at) === null) outcomes.push({ ...repaired, reason: 'null_time' })
    }
  }
  return { lines, outcomes }
}

/** The time of the nearest earlier row that has one, else of the nearest later one; rejected rows have times, too. */
function timeAround(messages: readonly LegacyMessage[], index: number): string | null {
  const times = messages.map(({ created_at }) => finite(created_at))
  const earlier = times.slice(0, index).findLast((time) => time !== null)
  return earlier ?? times.slice(index).find((time) => time !== null) ?? null
}
