import type pg from 'pg'
import { type BroughtLines, bringConversations, startLines } from '#domain/conversations'
import { bringCredits } from '#domain/credits'
import { bringUsers } from '#domain/identity'
import type { Vault } from '#platform/vault'
import type { Note } from '../rules/note.ts'
import type { Source } from '../source/open-source.ts'
import { readHouseholds } from '../source/read-households.ts'
import type { Pass } from '../source/statements.ts'
import { addToHome, DISCARD, rehearseAddition } from './add-to-home.ts'
import { type BringDeps, bringNewcomer, type Newcomer, readPurses, rejectRest } from './bring-household.ts'
import { addCounts, addCredits, type Counts, newSheet, type Sheet } from './counts.ts'
import type { Homes } from './homes.ts'
import { noteRows, reachUser } from './run-store.ts'
import { noteLooks, noteProfiles, noteShares } from './share-store.ts'
import { asError, openTransaction } from './transaction.ts'
import { receive, type Visitor } from './visitors.ts'

/** What one transaction holds at most, unless one person alone has more lines. */
const CHUNK_LINES = 20_000
const CHUNK_PEOPLE = 2_000

export interface ImportDeps extends BringDeps {
  pool: pg.Pool
  source: Source
  runId: string
  /** What the run has seen so far; grows with each chunk. */
  counts: Counts
  /** Null: nobody is here. */
  homes: Homes | null
  /** Nothing is written: whoever this is hears instead what would be noted. */
  rehearsal?: (notes: readonly Note[]) => Promise<void>
  /** Told of each row that is left out; may end the run by throwing. */
  rejected?(note: Note): void
  /** Told after each transaction: rows that were read and are safe now. */
  progress(rows: { users: number; lines: number }): void
}

/**
 * Brings everybody of the pass, chunk by chunk: each is one transaction with how far it went, so that a run that dies
 * is taken up where it was. While PostgreSQL ends one, the next is on its way. Stops between two when `signal` aborts.
 */
export async function importHouse(deps: ImportDeps, pass: Pass, signal: AbortSignal): Promise<void> {
  const visitors = receive(deps, readHouseholds(deps.source, pass, deps.rules.nowMicros))
  let ended: Promise<void> = Promise.resolve()
  try {
    for (let next = await visitors.next(); !next.done && !signal.aborted; ) {
      const chunk: Chunk = await begin(deps, visitors, next.value)
      const before = ended
      ended = before.then(chunk.end, chunk.drop)
      ended.catch(() => {})
      await before
      next = chunk.next
    }
    await ended
  } finally {
    // What was begun ends first, whatever went wrong behind it.
    await ended.catch(() => {})
    await visitors.return()
  }
}

type Visitors = AsyncGenerator<Visitor, void>

/** Some households, read to their end; the rest of the work on them can wait for the chunk before. */
interface Chunk {
  next: IteratorResult<Visitor, void>
  /** Writes what is left, and how far it went; all of it is safe then. */
  end(): Promise<void>
  /** Ends it without a trace, as the chunk before failed. */
  drop(error: unknown): Promise<never>
}

async function begin(deps: ImportDeps, visitors: Visitors, first: Visitor): Promise<Chunk> {
  const sheet = newSheet(deps.rejected)
  if (deps.rehearsal) return rehearse(deps, visitors, first, sheet)
  const transaction = await openTransaction(deps.pool)
  const { client } = transaction
  try {
    const read =
      first.kind === 'addition'
        ? await bringAddition(deps, client, { visitors, first, sheet })
        : await bringAll(deps, startLines(client), { visitors, first, sheet })
    return {
      next: read.next,
      drop: (error) => {
        read.lines?.abort(asError(error))
        return transaction.drop(error)
      },
      end: () =>
        transaction
          .end(async () => {
            await read.lines?.end()
            await writeRest(deps, client, read.newcomers)
            await noteRows(client, deps.runId, sheet.notes)
            addCounts(deps.counts, sheet.counts)
            await reachUser(client, deps.runId, { userId: read.reached, all: read.next.done === true }, deps.counts)
          })
          .then(() => deps.progress({ users: read.users, lines: sheet.counts.tables.chat_messages.read })),
    }
  } catch (error) {
    return transaction.drop(error)
  }
}

interface Reading {
  visitors: Visitors
  first: Visitor
  sheet: Sheet
}

/** What was read of some households. */
interface Read {
  users: number
  newcomers: Newcomer[]
  /** Everybody up to them is done then. */
  reached: string | null
  /** Their lines, on their way. */
  lines: BroughtLines | null
  next: IteratorResult<Visitor, void>
}

/** Somebody who is here is locked for as long as it takes: a transaction of their own. */
async function bringAddition(
  deps: ImportDeps,
  client: pg.ClientBase,
  { visitors, first, sheet }: Reading & { first: Extract<Visitor, { kind: 'addition' }> },
): Promise<Read> {
  greet(first, sheet)
  await addToHome(deps, client, first, sheet)
  return { users: 1, newcomers: [], reached: first.owner, lines: null, next: await visitors.next() }
}

async function bringAll(deps: ImportDeps, to: BroughtLines, { visitors, first, sheet }: Reading): Promise<Read> {
  const newcomers: Newcomer[] = []
  let reached: string | null = null
  let people = 0
  let next: IteratorResult<Visitor, void> = { value: first, done: false }
  try {
    while (!next.done && sheet.counts.tables.chat_messages.read < CHUNK_LINES && people < CHUNK_PEOPLE) {
      const visitor = next.value
      if (visitor.kind === 'addition') break
      greet(visitor, sheet)
      if (visitor.kind === 'newcomer') newcomers.push(await bringNewcomer(deps, visitor, to, sheet))
      else if (visitor.kind === 'nobody') await rejectRest(visitor.household, sheet)
      else passBy(visitor, sheet)
      people += 1
      reached = visitor.household.owner ?? reached
      next = await visitors.next()
    }
  } catch (error) {
    to.abort(asError(error))
    throw error
  }
  return { users: newcomers.length, newcomers, reached, lines: to, next }
}

async function rehearse(deps: ImportDeps, visitors: Visitors, first: Visitor, sheet: Sheet): Promise<Chunk> {
  const read =
    first.kind === 'addition'
      ? await rehearseOne(deps, { visitors, first, sheet })
      : await bringAll(deps, DISCARD, { visitors, first, sheet })
  return {
    next: read.next,
    drop: async (error) => {
      throw error
    },
    async end() {
      addCounts(deps.counts, sheet.counts)
      await deps.rehearsal?.(sheet.notes)
      deps.progress({ users: read.users, lines: sheet.counts.tables.chat_messages.read })
    },
  }
}

async function rehearseOne(
  deps: ImportDeps,
  { visitors, first, sheet }: Reading & { first: Extract<Visitor, { kind: 'addition' }> },
): Promise<Pick<Read, 'users' | 'next'>> {
  greet(first, sheet)
  await rehearseAddition(deps, first, sheet)
  return { users: 1, next: await visitors.next() }
}

/** Counts the rows by which a household came, with what was noted of them. */
function greet({ household, notes }: Visitor, { counts, note }: Sheet): void {
  counts.tables.profiles.read += household.profiles.length
  counts.tables.user_credits.read += household.credits.length
  for (const one of notes) note(one)
}

/** Nothing of them is new. */
function passBy({ household }: Visitor, sheet: Sheet): void {
  const { counts } = sheet
  if (household.profiles.some(({ id }) => id === household.owner)) counts.tables.profiles.known += 1
  counts.tables.user_credits.known += household.credits.length
  addCredits(counts.creditsKnown, readPurses(household, sheet).counted)
}

async function writeRest(
  { vault, runId }: { vault: Vault; runId: string },
  client: pg.ClientBase,
  newcomers: readonly Newcomer[],
): Promise<void> {
  await bringUsers(
    client,
    newcomers.map(({ user }) => user),
  )
  await bringConversations(
    client,
    newcomers.flatMap(({ conversations }) => conversations),
  )
  const books = newcomers.map(({ user, credits }) => ({
    userId: user.id,
    credits,
    businessKey: `migration:${runId}:${user.id}`,
    identityHashes: user.identities.map(({ provider, externalId }) =>
      vault.hmac('welcome', `${provider}:${externalId}`),
    ),
  }))
  await bringCredits(client, books)
  const profiles = newcomers.flatMap(({ user, profiles: theirs }) =>
    theirs.map((one) => ({ ...one, userId: user.id, ownerId: user.id })),
  )
  await noteProfiles(client, runId, profiles)
  await noteLooks(client, runId, profiles)
  const shares = newcomers.map(({ user, lines }) => ({
    ownerId: user.id,
    userId: user.id,
    lines,
    endSeq: user.lastSeq,
    addition: null,
  }))
  await noteShares(client, runId, shares)
}
