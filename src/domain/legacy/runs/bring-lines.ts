import { type BroughtLines, messagePlace } from '#domain/conversations'
import { newId } from '#platform/ids'
import { uuidBytes } from '#platform/postgres'
import type { DataKey, Vault } from '#platform/vault'
import { type Roles, readLine } from '../rules/read-line.ts'
import type { Person } from '../rules/read-person.ts'
import type { LegacyLines } from '../source/read-households.ts'
import type { LegacyLine } from '../source/read-lines.ts'
import type { Sheet } from './counts.ts'
import { LineHash } from './line-hash.ts'
import type { Talks } from './talks.ts'

export interface Bringing {
  vault: Vault
  roles: Roles
  person: Person
  userId: string
  key: DataKey
  /** Where the first of the lines stands. */
  firstSeq: number
  talks: Talks
  to: BroughtLines
  sheet: Sheet
  /** Whether an earlier run has read this line. */
  hasRead(line: LegacyLine): boolean
}

/** The lines that were taken. */
export interface Told {
  count: number
  spokeAtMicros: number | null
  hash: Buffer
}

/** Writes the lines of one person as they come, sealed for them. */
export async function bringLines(bringing: Bringing, lines: LegacyLines): Promise<Told> {
  const { vault, roles, person, userId, key, firstSeq, talks, to, sheet, hasRead } = bringing
  const tally = sheet.counts.tables.chat_messages
  const hash = new LineHash()
  const userBytes = uuidBytes(userId)
  const toldAs = places(person)
  let count = 0
  let spokeAtMicros: number | null = null
  for (;;) {
    const coming = lines.next()
    const line = coming instanceof Promise ? await coming : coming
    if (!line) break
    tally.read += 1
    sheet.counts.linesOfPeople += 1
    if (hasRead(line)) {
      tally.known += 1
      continue
    }
    const taken = readLine(line, roles, sheet.note)
    if (!taken) continue
    const placed = talks.place(line, sheet.note)
    const talk = placed instanceof Promise ? await placed : placed
    const id = newId()
    hash.add(taken.role, line.atMicros, taken.text)
    if (taken.role === 'user') spokeAtMicros = line.atMicros
    const written = to.write({
      userId: userBytes,
      seq: firstSeq + count,
      id: uuidBytes(id),
      conversationId: talk.idBytes,
      role: taken.role,
      ...toldAs(line.userId),
      sealedText: vault.sealBytes(key, messagePlace(id), taken.text),
      createdAtMicros: line.atMicros,
    })
    count += 1
    if (written) await written
  }
  tally.taken += count
  return { count, spokeAtMicros, hash: vault.hmac('legacy lines', hash.digest()) }
}

const IN_BOT = { channel: 'telegram', interface: 'bot' } as const
const ON_SITE = { channel: 'web', interface: 'browser' } as const

/** Where a line was written, by the profile that wrote it. */
function places({ inBot }: Person): (legacyId: string | null) => typeof IN_BOT | typeof ON_SITE {
  return (legacyId) => (legacyId !== null && inBot.has(legacyId) ? IN_BOT : ON_SITE)
}
