import { sql } from 'kysely'
import type { Executor } from '#platform/postgres'
import type { Amount } from './day-cap.ts'

/** What stands for no cap: more than any day takes. */
const ANY = Number.MAX_SAFE_INTEGER

/** The row is begun by whoever comes first; midnight may come in between. */
const DAYS_BEGUN_MAX = 3

/** The days that are kept, for whoever compares them with the provider's bill. */
const KEPT_DAYS = 400

export interface Ceiling {
  tokens: number | null
  micros: number | null
}

/**
 * Sets aside what these calls want together, in their order, as many as fit under the ceiling. `wants` are sums: each is
 * its own and that of all before it. Gives the day (UTC, by the database's clock) and how many fitted.
 */
export async function holdToday(
  db: Executor,
  wants: readonly Amount[],
  ceiling: Ceiling,
): Promise<{ day: string; granted: number }> {
  for (let tries = 0; tries < DAYS_BEGUN_MAX; tries += 1) {
    const { rows } = await sql<{ day: string; granted: number }>`
      WITH today AS (
        SELECT day, tokens_spent + tokens_held AS tokens, micros_spent + micros_held AS micros FROM model_days
        WHERE day = (now() AT TIME ZONE 'UTC')::date FOR NO KEY UPDATE
      ), fitting AS (
        SELECT today.day, count(want.tokens)::integer AS granted,
               coalesce(max(want.tokens), 0) AS tokens, coalesce(max(want.micros), 0) AS micros
        FROM today LEFT JOIN unnest(
          ${wants.map(({ tokens }) => tokens)}::bigint[], ${wants.map(({ micros }) => micros)}::bigint[]
        ) AS want (tokens, micros)
          ON today.tokens + want.tokens <= ${ceiling.tokens ?? ANY}::bigint
          AND today.micros + want.micros <= ${ceiling.micros ?? ANY}::bigint
        GROUP BY today.day
      )
      UPDATE model_days d SET tokens_held = d.tokens_held + fitting.tokens, micros_held = d.micros_held + fitting.micros
      FROM fitting WHERE d.day = fitting.day RETURNING d.day::text AS day, fitting.granted
    `.execute(db)
    if (rows[0]) return rows[0]
    await sql`
      INSERT INTO model_days (day) VALUES ((now() AT TIME ZONE 'UTC')::date) ON CONFLICT DO NOTHING
    `.execute(db)
  }
  throw new Error('the day of the models has no row')
}

/** What was held on that day is spent, or free again. */
export async function settleDay(db: Executor, day: string, { held, spent }: Record<'held' | 'spent', Amount>) {
  await sql`
    UPDATE model_days SET
      tokens_held = tokens_held - ${held.tokens}::bigint, tokens_spent = tokens_spent + ${spent.tokens}::bigint,
      micros_held = micros_held - ${held.micros}::bigint, micros_spent = micros_spent + ${spent.micros}::bigint
    WHERE day = ${day}::date
  `.execute(db)
}

/** What is spent and held today (UTC). */
export async function readToday(db: Executor): Promise<Amount> {
  const { rows } = await sql<Amount>`
    SELECT (tokens_spent + tokens_held)::float8 AS tokens, (micros_spent + micros_held)::float8 AS micros
    FROM model_days WHERE day = (now() AT TIME ZONE 'UTC')::date
  `.execute(db)
  return rows[0] ?? { tokens: 0, micros: 0 }
}

export async function forgetOldModelDays(db: Executor): Promise<void> {
  await sql`DELETE FROM model_days WHERE day < (now() AT TIME ZONE 'UTC')::date - ${KEPT_DAYS}::integer`.execute(db)
}
