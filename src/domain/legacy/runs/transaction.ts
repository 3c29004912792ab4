import type pg from 'pg'

/** One that is begun here and ended somewhere else. */
export interface Transaction {
  client: pg.ClientBase
  end(work: () => Promise<void>): Promise<void>
  /** @throws `error`, when nothing is left of it */
  drop(error: unknown): Promise<never>
}

/** On a connection that takes its time. That a power cut may take its last moments costs nothing: they are done again. */
export async function openTransaction(pool: pg.Pool): Promise<Transaction> {
  const client = await pool.connect()
  const drop = async (error: unknown) => {
    await client.query('ROLLBACK').catch(() => {})
    client.release(true)
    throw error
  }
  try {
    await client.query('BEGIN')
    await client.query('SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0')
    await client.query('SET LOCAL synchronous_commit = off')
  } catch (error) {
    return drop(error)
  }
  return {
    client,
    drop,
    async end(work) {
      try {
        await work()
        await client.query('COMMIT')
      } catch (error) {
        return drop(error)
      }
      client.release()
    },
  }
}

export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown))
}
