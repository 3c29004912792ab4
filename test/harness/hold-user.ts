import type { TestDatabase } from './database.ts'

/** Holds the user's row as a long merge does, until let go. Letting go twice is let go once. */
export async function holdUser({ pool }: Pick<TestDatabase, 'pool'>, userId: string): Promise<() => Promise<void>> {
  const client = await pool.connect()
  await client.query('BEGIN')
  await client.query('SET LOCAL idle_in_transaction_session_timeout = 0')
  await client.query('SELECT 1 FROM users WHERE id = $1 FOR NO KEY UPDATE', [userId])
  let released: Promise<void> | undefined
  return () => {
    released ??= client.query('ROLLBACK').then(() => client.release())
    return released
  }
}
