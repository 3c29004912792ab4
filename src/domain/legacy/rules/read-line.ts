import type { Role } from '#contract/words'
import type { LegacyLine } from '../source/read-lines.ts'
import type { TakeNote } from './note.ts'

/** A line that is taken: who says what. */
export interface TakenLine {
  role: Extract<Role, 'user' | 'assistant'>
  /** UTF-8, as it is. */
  text: Buffer
}

export interface Roles {
  user: readonly string[]
  assistant: readonly string[]
}

/** What is taken of a line; null when it is left out, with the reason noted. Texts are kept as they are. */
export function readLine(line: LegacyLine, roles: Roles, note: TakeNote): TakenLine | null {
  const { id, role, content, timed } = line
  const reject = (reason: 'empty_content' | 'unknown_role') => {
    note({ table: 'chat_messages', key: String(id), outcome: 'rejected', reason })
    return null
  }
  if (content === null || isBlank(content)) return reject('empty_content')
  const known = sideOf(role ?? '', roles)
  if (!known) return reject('unknown_role')
  if (!timed) note({ table: 'chat_messages', key: String(id), outcome: 'repaired', reason: 'null_time' })
  return { role: known, text: content }
}

/** Beyond ASCII, the bytes that white space of any script begins with (U+00A0, U+1680, U+2000 to U+3000, U+FEFF). */
const WHITE_BEGINNINGS = new Set([0xc2, 0xe1, 0xe2, 0xe3, 0xef])
const ASCII_SPACE = 0x20

/** Almost every text shows by its first byte that it is none. */
function isBlank(content: Buffer): boolean {
  const first = content[0]
  if (first === undefined) return true
  if (first > ASCII_SPACE && !WHITE_BEGINNINGS.has(first)) return false
  return content.toString('utf8').trim() === ''
}

function sideOf(role: string, { user, assistant }: Roles): TakenLine['role'] | null {
  const word = role.trim().toLowerCase()
  if (user.includes(word)) return 'user'
  return assistant.includes(word) ? 'assistant' : null
}
