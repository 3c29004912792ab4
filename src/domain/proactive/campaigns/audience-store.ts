import { sql } from 'kysely'
import type { Executor } from '#platform/postgres'
import type { Audience } from './campaign.ts'

/** So many are looked at in one statement that it stays far below its time limit, whoever they are. */
const COUNT_PAGE = 20_000
const WALK_PAGE = 200

/** Somebody who wants to hear from the companion; `fits`: the campaign is for them. */
export interface Candidate {
  userId: string
  fits: boolean
}

/**
 * For how many a campaign is at this moment. It looks at everybody who said yes, a page at a time: some seconds for a
 * million, and no statement is long.
 */
export async function countAudience(db: Executor, audience: Audience): Promise<number> {
  for (let count = 0, after: string | null = null; ; ) {
    const page: CountRow | undefined = await countPage(db, audience, after)
    if (!page) throw new Error('a count gave no row')
    count += page.fitting
    if (page.looked < COUNT_PAGE) return count
    after = page.last_id
  }
}

interface CountRow {
  looked: number
  fitting: number
  last_id: string | null
}

async function countPage(db: Executor, audience: Audience, after: string | null): Promise<CountRow | undefined> {
  const { rows } = await sql<CountRow>`
    SELECT count(*)::integer AS looked, (count(*) FILTER (WHERE fits))::integer AS fitting,
      (array_agg(user_id ORDER BY user_id DESC))[1] AS last_id
    FROM ${pageOf(audience, after, COUNT_PAGE)}
  `.execute(db)
  return rows[0]
}

/** Everybody after this user who wants to hear from the companion, in the order of their ids. */
export async function* walkAudience(
  db: Executor,
  audience: Audience,
  afterUser: string | null,
): AsyncGenerator<Candidate, void> {
  for (let after = afterUser; ; ) {
    const { rows } = await sql<{ user_id: string; fits: boolean }>`
      SELECT user_id, fits FROM ${pageOf(audience, after, WALK_PAGE)} ORDER BY user_id
    `.execute(db)
    for (const row of rows) yield { userId: row.user_id, fits: row.fits }
    if (rows.length < WALK_PAGE) return
    after = rows.at(-1)?.user_id ?? null
  }
}

function pageOf({ locale, personaId, inactiveForHours }: Audience, after: string | null, limit: number) {
  return sql`campaign_page(
    ${after}::uuid, ${limit}::integer, ${locale ?? null}::text, ${personaId ?? null}::text,
    ${inactiveForHours ?? null}::double precision)`
}
