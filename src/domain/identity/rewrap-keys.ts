import type { Executor } from '#platform/postgres'
import { type Vault, VaultError } from '#platform/vault'
import { lockKeys, readWrappedKeys, replaceWrappedKeys, type WrappedKeyRow } from './key-store.ts'

/** A statement of about 100 KiB. */
const BATCH_KEYS = 500

export interface RewrapCounts {
  /** Lay under the wrapping key already. */
  known: number
  /** Lay under a former one. */
  former: number
  /** Ids of data keys that none of the master keys opens. */
  damaged: string[]
}

type Rewrapping = Pick<Vault, 'rewrap'>
type Verdict = WrappedKeyRow & { to: Buffer | null | 'damaged' }

/**
 * Puts every data key under the master key that wraps what is new, batch by batch, each in one statement; may be
 * stopped anywhere and called again, and runs beside everything else.
 */
export async function rewrapKeys(db: Executor, vault: Rewrapping, onBatch = () => {}): Promise<RewrapCounts> {
  return throughAll(db, vault, null, async (verdicts) => {
    const keys = verdicts.flatMap(({ id, wrapped_key: from, to }) => (Buffer.isBuffer(to) ? [{ id, from, to }] : []))
    if (keys.length > 0) await replaceWrappedKeys(db, keys)
    onBatch()
  })
}

/** Under which master key the data keys lie; changes nothing. */
export function countKeys(db: Executor, vault: Rewrapping): Promise<RewrapCounts> {
  return throughAll(db, vault, null, async () => {})
}

/**
 * Whether of the keys made since that moment none lies under a former master key. Nobody makes one until the end of the
 * transaction, so that what follows in it is true of all.
 */
export async function keysAreThrough(tx: Executor, vault: Rewrapping, since: Date): Promise<boolean> {
  await lockKeys(tx)
  const { former } = await throughAll(tx, vault, since, async () => {})
  return former === 0
}

async function throughAll(
  db: Executor,
  vault: Rewrapping,
  since: Date | null,
  deed: (batch: Verdict[]) => Promise<void>,
): Promise<RewrapCounts> {
  const counts: RewrapCounts = { known: 0, former: 0, damaged: [] }
  for (let after: string | null = null; ; ) {
    const rows: WrappedKeyRow[] = await readWrappedKeys(db, { after, limit: BATCH_KEYS, since })
    const verdicts = rows.map((row) => ({ ...row, to: judge(vault, row) }))
    await deed(verdicts)
    for (const { id, to } of verdicts) {
      if (to === 'damaged') counts.damaged.push(id)
      else if (to === null) counts.known += 1
      else counts.former += 1
    }
    after = rows.at(-1)?.id ?? null
    if (rows.length < BATCH_KEYS) return counts
  }
}

function judge(vault: Rewrapping, { id, wrapped_key: wrapped }: WrappedKeyRow): Verdict['to'] {
  try {
    return vault.rewrap(id, wrapped)
  } catch (error) {
    if (error instanceof VaultError) return 'damaged'
    throw error
  }
}
