import type { Source, SourceCursor, SourceRow } from './open-source.ts'
import { type LegacyLine, type LineReader, readLines } from './read-lines.ts'
import { creditsByOwner, linesByOwner, type Pass, profilesByOwner } from './statements.ts'

/** Rows asked for at once; the next are on their way while these are worked on. */
const PEOPLE_AT_ONCE = 500

export interface LegacyProfile {
  id: string
  telegramId: string | null
  email: string | null
  username: string | null
  firstName: string | null
  lastName: string | null
  languageCode: string | null
  activePersona: string | null
  createdAtMicros: number | null
}

export interface LegacyCredits {
  userId: string | null
  basic: string | null
  pro: string | null
  cassandra: string | null
}

/** All that the old house has of one owner. */
export interface Household {
  /** Null: of rows that name nobody. */
  owner: string | null
  profiles: LegacyProfile[]
  credits: LegacyCredits[]
  /** To be read to the end before the next household is asked for. */
  lines: LegacyLines
}

export interface LegacyLines {
  /** Whether there is another one. */
  any(): Promise<boolean>
  /** Null behind the last one; a promise only where the old house has to be waited for. */
  next(): Promise<LegacyLine | null> | LegacyLine | null
}

/** Everybody in the order of their ids, those that name nobody last; three streams that go side by side. */
export async function* readHouseholds(source: Source, pass: Pass, nowMicros: number): AsyncGenerator<Household> {
  const profiles = peekable(source.cursor(profilesByOwner(pass)), PEOPLE_AT_ONCE)
  const credits = peekable(source.cursor(creditsByOwner(pass)), PEOPLE_AT_ONCE)
  const lines = readLines(await source.rows(linesByOwner(pass, nowMicros)))
  try {
    for (;;) {
      const heads = [ownerOf(await profiles.peek()), ownerOf(await credits.peek()), await lines.owner()]
      const owners = heads.filter((owner) => owner !== undefined)
      if (owners.length === 0) return
      const owner = owners.reduce((least, one) => (isBefore(one, least) ? one : least))
      const theirs = await takeAll(profiles, owner)
      const purse = await takeAll(credits, owner)
      yield {
        owner,
        profiles: theirs.map(toProfile),
        credits: purse.map(toCredits),
        lines: linesOf(lines, owner),
      }
    }
  } finally {
    lines.close()
  }
}

/** Undefined behind the last row; null for whoever is nobody. */
function ownerOf(row: SourceRow | undefined): string | null | undefined {
  return row && (row[0] ?? null)
}

function linesOf(lines: LineReader, owner: string | null): LegacyLines {
  return { any: async () => (await lines.owner()) === owner, next: () => lines.next(owner) }
}

function isBefore(one: string | null, other: string | null): boolean {
  return one !== null && (other === null || one < other)
}

interface Peekable {
  peek(): Promise<SourceRow | undefined> | SourceRow | undefined
  skip(): void
}

/** Asks for the next rows while the last ones are looked at. */
function peekable(cursor: SourceCursor, atOnce: number): Peekable {
  let rows: SourceRow[] = []
  let at = 0
  let coming: Promise<SourceRow[]> | null = null
  return { peek, skip }

  function peek() {
    return at < rows.length ? rows[at] : refill()
  }

  function skip(): void {
    at += 1
  }

  async function refill(): Promise<SourceRow | undefined> {
    rows = await (coming ?? cursor.next(atOnce))
    at = 0
    coming = rows.length === atOnce ? cursor.next(atOnce) : Promise.resolve([])
    // Whoever asks for them hears what went wrong.
    coming.catch(() => {})
    return rows[0]
  }
}

async function takeAll(from: Peekable, owner: string | null): Promise<SourceRow[]> {
  const taken: SourceRow[] = []
  for (let row = await from.peek(); row && (row[0] ?? null) === owner; row = await from.peek()) {
    taken.push(row)
    from.skip()
  }
  return taken
}

function toProfile(row: SourceRow): LegacyProfile {
  const [, id, telegramId, email, username, firstName, lastName, languageCode, activePersona, created] = row.map(
    (value) => value ?? null,
  )
  return {
    id: id ?? '',
    telegramId: telegramId ?? null,
    email: email ?? null,
    username: username ?? null,
    firstName: firstName ?? null,
    lastName: lastName ?? null,
    languageCode: languageCode ?? null,
    activePersona: activePersona ?? null,
    createdAtMicros: created ? Number(created) : null,
  }
}

function toCredits([, userId, basic, pro, cassandra]: SourceRow): LegacyCredits {
  return { userId: userId ?? null, basic: basic ?? null, pro: pro ?? null, cassandra: cassandra ?? null }
}
