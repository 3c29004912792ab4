import type { Kysely } from 'kysely'
import { type Database, inTransaction } from '#platform/postgres'
import type { Vault } from '#platform/vault'
import { insertSeals, lastSeal, readChain, readOutside, readUnsealed, type Seal, takeSealing } from './seal-store.ts'

const BATCH_ROWS = 500
/** A sealer looks every few seconds; a row this old without a seal was not there when it looked. */
const UNSEALED_MAX_SECONDS = 60
/** As many are named. */
const OUTSIDE_MAX = 1_000
const BEFORE_THE_FIRST = Buffer.alloc(32)

type Hashing = Pick<Vault, 'hmac'>

/** A row of the audit that is not as it was sealed. */
export interface ChainFinding {
  table: 'audit_events' | 'audit_seals'
  key: string
  says: string
}

/**
 * Adds every row of the audit that has no seal to the chain: each seal is a keyed hash over the one before and the row.
 * One process at a time does; the others go on at once.
 * @returns how many were sealed
 */
export async function sealAudit(db: Kysely<Database>, vault: Hashing, signal?: AbortSignal): Promise<number> {
  for (let sealed = 0; ; ) {
    const count = await inTransaction(db, async (tx) => {
      if (!(await takeSealing(tx))) return 0
      const rows = await readUnsealed(tx, { limit: BATCH_ROWS })
      let last = await lastSeal(tx)
      const seals: Seal[] = []
      for (const { eventId, canonical } of rows) {
        const place: number = (last?.place ?? 0) + 1
        last = { place, eventId, hash: link(vault, last?.hash, place, canonical) }
        seals.push(last)
      }
      if (seals.length > 0) await insertSeals(tx, seals)
      return seals.length
    })
    sealed += count
    if (count < BATCH_ROWS || signal?.aborted) return sealed
  }
}

/**
 * Goes along the chain and names what was changed, removed, added or put elsewhere since it was sealed. What was cut off
 * at its very end together with its seals leaves no trace here. Reads only.
 * @returns how many rows were named
 */
export async function verifyChain(
  db: Kysely<Database>,
  vault: Hashing,
  tell: (finding: ChainFinding) => void,
  signal?: AbortSignal,
): Promise<number> {
  let found = 0
  const name = (table: ChainFinding['table'], key: number, says: string) => {
    found += 1
    tell({ table, key: String(key), says })
  }
  let last = { place: 0, hash: BEFORE_THE_FIRST as Buffer }
  for (;;) {
    signal?.throwIfAborted()
    const seals = await readChain(db, { after: last.place, limit: BATCH_ROWS })
    for (const { place, eventId, hash, canonical } of seals) {
      const follows = place === last.place + 1
      if (!follows) name('audit_seals', place, `follows ${last.place}: what lay between is gone`)
      if (canonical === null) name('audit_events', eventId, 'was sealed and is gone')
      else if (follows && !link(vault, last.hash, place, canonical).equals(hash)) {
        name('audit_events', eventId, `is not what was sealed at place ${place}`)
      }
      last = { place, hash }
    }
    if (seals.length < BATCH_ROWS) break
  }
  for (const id of await readOutside(db, { olderThanSeconds: UNSEALED_MAX_SECONDS, limit: OUTSIDE_MAX })) {
    name('audit_events', id, 'was never sealed: it was added past the chain, or no worker has run since')
  }
  return found
}

function link(vault: Hashing, before: Buffer = BEFORE_THE_FIRST, place: number, canonical: string): Buffer {
  return vault.hmac('audit chain', `${before.toString('hex')}\n${place}\n${canonical}`)
}
