import { createHash } from 'node:crypto'
import type { PostgresPool, PostgresPoolClient } from 'kysely'
import type pg from 'pg'

/** Statements are written in our code, so there are few; a text made up at run time must not fill the server's memory. */
const NAMES_MAX = 500
const NAME_LENGTH = 24
/** feature_not_supported: a kept plan whose result changed under it, as a migration of a newer process does. */
const PLAN_OUTDATED = '0A000'

/**
 * A pool for Kysely whose statements PostgreSQL parses and plans once per connection instead of each time. A plan that
 * a migration made useless is passed over, and its connection is closed after use.
 */
export function nameStatements(pool: pg.Pool): PostgresPool {
  const names = new Map<string, string>()
  const wrapped = new WeakMap<pg.PoolClient, PostgresPoolClient>()
  return {
    async connect() {
      const client = await pool.connect()
      const known = wrapped.get(client) ?? wrap(client)
      wrapped.set(client, known)
      return known
    },
    end: () => pool.end(),
    options: pool.options,
  }

  function wrap(client: pg.PoolClient): PostgresPoolClient {
    let outdated = false
    const query = async (text: string, values: readonly unknown[] = []) => {
      const name = values.length > 0 ? nameOf(text) : undefined
      try {
        return await client.query({ text, values: [...values], ...(name ? { name } : {}) })
      } catch (error) {
        if (!name || (error as { code?: unknown }).code !== PLAN_OUTDATED) throw error
        outdated = true
        return client.query(text, [...values])
      }
    }
    return { query, release: () => client.release(outdated) } as unknown as PostgresPoolClient
  }

  function nameOf(text: string): string | undefined {
    const known = names.get(text)
    if (known || names.size >= NAMES_MAX) return known
    const name = createHash('sha256').update(text).digest('base64url').slice(0, NAME_LENGTH)
    names.set(text, name)
    return name
  }
}
