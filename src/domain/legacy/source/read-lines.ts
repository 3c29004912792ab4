import { type BinaryRow, type BinaryRows, microsOf, uuidOf } from '#platform/postgres'

export interface LegacyLine {
  id: bigint
  userId: string | null
  persona: string | null
  role: string | null
  /** UTF-8. */
  content: Buffer | null
  atMicros: number
  /** The time is its own. */
  timed: boolean
}

/** The lines of everybody, owner by owner. */
export interface LineReader {
  /** Whose the next line is: null for nobody's, undefined behind the last one. */
  owner(): Promise<string | null | undefined> | string | null | undefined
  /** The next line if it is this owner's, else null. */
  next(owner: string | null): Promise<LegacyLine | null> | LegacyLine | null
  close(): void
}

/** Reads what `linesByOwner` asks for. */
export function readLines(rows: BinaryRows): LineReader {
  let row: BinaryRow | null | undefined
  const ownerOf = keepLast(uuidOf)
  const userOf = keepLast(uuidOf)
  return { owner, next, close: rows.close }

  function owner() {
    return row === undefined ? advance().then(present) : present()
  }

  function present(): string | null | undefined {
    return row ? ownerOf(row[0]) : undefined
  }

  function next(wanted: string | null): Promise<LegacyLine | null> | LegacyLine | null {
    if (row !== undefined) return take(wanted)
    const coming = rows.next()
    if (coming instanceof Promise) return coming.then((come) => keepThen(come, wanted))
    return keepThen(coming, wanted)
  }

  function keepThen(come: BinaryRow | null, wanted: string | null): LegacyLine | null {
    row = come
    return take(wanted)
  }

  function take(wanted: string | null): LegacyLine | null {
    if (!row || ownerOf(row[0]) !== wanted) return null
    const [, id, userId, persona, role, content, at, timed] = row
    row = undefined
    return {
      id: id?.readBigInt64BE() ?? 0n,
      userId: userOf(userId),
      persona: persona?.toString('utf8') ?? null,
      role: role?.toString('utf8') ?? null,
      content: content ?? null,
      atMicros: at ? microsOf(at) : 0,
      timed: timed?.[0] === 1,
    }
  }

  async function advance(): Promise<void> {
    row = await rows.next()
  }
}

/** The same bytes come many times in a row. */
function keepLast(read: (bytes: Buffer) => string): (bytes: Buffer | null | undefined) => string | null {
  let lastBytes = Buffer.alloc(0)
  let last = ''
  return (bytes) => {
    if (!bytes) return null
    if (lastBytes.equals(bytes)) return last
    lastBytes = Buffer.from(bytes)
    last = read(bytes)
    return last
  }
}
