import type pg from 'pg'
import { CREDIT_TYPES } from '#contract/words'
import { messagePlace } from '#domain/conversations'
import type { DataKey, Vault } from '#platform/vault'
import type { SourceTable } from '../rules/note.ts'
import { type Counts, noCounts } from './counts.ts'
import { LineHash } from './line-hash.ts'
import { linesOfRun, type ProvenLine, readStanding } from './prove-store.ts'
import { countRejected, type Run } from './run-store.ts'

/** Two figures that must be the same. */
export interface Check {
  what: string
  source: number
  target: number
  holds: boolean
}

export interface Proof {
  checks: Check[]
  /** Users of whom history or credits are not here as they were read. */
  differing: string[]
}

/** So many are named; the check counts all of them. */
const DIFFERING_SHOWN_MAX = 1_000

/**
 * Compares what was read in the old house with what lies here: rows of each table, credits of each type, and of every
 * user the hash over the lines as they were read with the one over the lines as they open here. `isLast`: no run stands on
 * it, which would have brought what it missed.
 */
export async function prove(pool: pg.Pool, vault: Vault, run: Run, isLast: boolean): Promise<Proof> {
  const client = await pool.connect()
  try {
    await client.query('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY')
    await client.query('SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0')
    await client.query('SET LOCAL cursor_tuple_fraction = 1; SET LOCAL jit = off')
    const counts = run.counts ?? noCounts()
    const { chat_messages: lines } = counts.tables
    const standing = await readStanding(client, run.id)
    const seen = await openAll(client, vault, run.id)
    const rejected = await countRejected(client, run.id)
    const checks = [
      ...(isLast ? expectedChecks(run, counts) : []),
      ...Object.entries(counts.tables).map(([table, tally]) =>
        check(`${table}: rows rejected, and rows listed so`, tally.rejected, { target: rejected.get(table) ?? 0 }),
      ),
      ...Object.entries(counts.tables).map(([table, { read, taken, known, merged, rejected }]) =>
        check(`${table}: rows read, and those taken, known, merged or rejected`, read, {
          target: taken + known + merged + rejected,
        }),
      ),
      check('users', counts.users, { target: standing.users }),
      check('users without exactly one active talk', 0, { target: standing.withoutOneTalk }),
      check('users without a login', 0, { target: standing.withoutLogin }),
      check('users whose credits differ', 0, { target: standing.creditsDiffering.length }),
      check('chat_messages taken, and lines in histories', lines.taken, { target: seen.lines + standing.linesJoined }),
      check('users whose history differs', 0, { target: seen.differing.length }),
      ...CREDIT_TYPES.map((type) =>
        check(`${type} credits`, counts.creditsRead[type], {
          target:
            standing.booked[type] + counts.creditsLeft[type] + counts.creditsKnown[type] - counts.creditsShort[type],
        }),
      ),
    ]
    const differing = [...new Set([...seen.differing, ...standing.creditsDiffering])]
    return { checks, differing: differing.slice(0, DIFFERING_SHOWN_MAX) }
  } finally {
    await client.query('ROLLBACK').catch(() => {})
    client.release()
  }
}

/**
 * Whether all that was there when the run began has been read. A run that was taken up has looked more than once: rows
 * that came meanwhile may be among those it read.
 */
function expectedChecks({ expected }: Run, counts: Counts): Check[] {
  const rows = Object.entries(counts.tables).map(([table, { read }]) => {
    const there = expected.rows[table as SourceTable]
    const what = `${table}: rows in the old house when it began, and rows read`
    return { what, source: there, target: read, holds: expected.credits ? read === there : read >= there }
  })
  const { credits, before } = expected
  if (before) {
    const what = 'chat_messages of people that earlier runs could read: no more than they have read'
    rows.push({ what, source: before.was, target: before.now, holds: before.now <= before.was })
  }
  if (!credits) return rows
  return [
    ...rows,
    ...CREDIT_TYPES.map((type) =>
      check(`${type} credits in the old house, and those read`, credits[type], { target: counts.creditsRead[type] }),
    ),
  ]
}

function check(what: string, source: number, { target }: { target: number }): Check {
  return { what, source, target, holds: source === target }
}

/** Opens every line of the run and compares the hashes. */
async function openAll(client: pg.ClientBase, vault: Vault, runId: string) {
  const differing: string[] = []
  let lines = 0
  let present: { line: ProvenLine; key: DataKey; hash: LineHash; count: number } | null = null
  const close = () => {
    if (!present) return
    const hash = vault.hmac('legacy lines', present.hash.digest())
    if (present.count !== present.line.expected || !hash.equals(present.line.hash)) differing.push(present.line.userId)
    lines += present.count
  }
  const stream = linesOfRun(client, runId)
  for (;;) {
    const coming = stream.next()
    const line = coming instanceof Promise ? await coming : coming
    if (!line) break
    if (present?.line.ownerId !== line.ownerId) {
      close()
      present = { line, key: vault.unwrap(line.keyId, line.wrappedKey), hash: new LineHash(), count: 0 }
    }
    if (line.messageId === null) continue
    present.count += 1
    present.hash.add(line.role, line.atMicros, opened(vault, present.key, line.messageId, line.sealedText))
  }
  close()
  return { differing, lines }
}

const NOTHING = Buffer.alloc(0)

/** What does not open is not what was sealed. */
function opened(vault: Vault, key: DataKey, messageId: string, sealedText: Buffer): Buffer {
  try {
    return vault.openBytes(key, messagePlace(messageId), sealedText)
  } catch {
    return NOTHING
  }
}
