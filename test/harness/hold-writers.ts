import type { TestDatabase } from './database.ts'
import { waitFor } from './wait-for.ts'

/** Any number that nobody else locks. */
const LOCK_KEY = 7_000_001

/**
 * Stops whoever writes a row of this table there, in the midst of the transaction and with all that it has locked, until
 * let go; how long anybody waits for a lock does not count here. What is asked for meanwhile comes in between, as it
 * would with a transaction that takes long. Letting go twice is let go once.
 */
export async function holdWriters({ pool }: Pick<TestDatabase, 'pool'>, table: string): Promise<() => Promise<void>> {
  await pool.query(`
    CREATE OR REPLACE FUNCTION stand_still() RETURNS trigger LANGUAGE plpgsql SET lock_timeout = 0 AS
      $$ BEGIN PERFORM pg_advisory_xact_lock_shared(${LOCK_KEY}); RETURN NEW; END $$;
    CREATE OR REPLACE TRIGGER stand_still BEFORE INSERT OR UPDATE ON ${table}
      FOR EACH ROW EXECUTE FUNCTION stand_still()`)
  const holder = await pool.connect()
  await holder.query(`SELECT pg_advisory_lock(${LOCK_KEY})`)
  let released: Promise<void> | undefined
  return () => {
    released ??= holder.query(`SELECT pg_advisory_unlock(${LOCK_KEY})`).then(() => holder.release())
    return released
  }
}

/** Waits until this many sessions stand still: held ones, and whoever waits for a row that others have locked. */
export async function standingStill({ pool }: Pick<TestDatabase, 'pool'>, count: number): Promise<void> {
  const look = async () => {
    const { rowCount } = await pool.query(
      `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    )
    return rowCount === count
  }
  await waitFor(look, { what: `${count} sessions that stand still` })
}
