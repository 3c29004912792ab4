import type pg from 'pg'
import type { Credits } from '#contract/api'
import { startCopy } from '#platform/postgres'

type Client = Pick<pg.ClientBase, 'query'>

/** Where lines stand in a history, and the hash over them. */
export interface Lines {
  firstSeq: number
  lastSeq: number
  hash: Buffer
}

/** What a run brought to a user. */
export interface Share {
  ownerId: string
  userId: string
  lines: Lines | null
  /** Where the whole history ends with it. */
  endSeq: number
  /** To somebody who was here: what came along, and what was before. Null: the run made them. */
  addition: { talks: string[]; logins: string[]; activeBefore: string | null; spokeBefore: number | null } | null
}

export async function noteShares(client: pg.ClientBase, runId: string, shares: readonly Share[]): Promise<void> {
  const copy = startCopy(client, SHARES)
  for (const { ownerId, userId, lines, endSeq, addition } of shares) {
    const place = [lines?.firstSeq ?? null, lines?.lastSeq ?? null, lines?.hash ?? null, endSeq]
    await copy.write([runId, ownerId, userId, addition ? 0 : 1, ...place])
  }
  await copy.end()
  for (const { ownerId, addition } of shares) {
    if (addition) await noteAddition(client, runId, ownerId, addition)
  }
}

async function noteAddition(
  client: Client,
  runId: string,
  ownerId: string,
  { talks, logins, activeBefore, spokeBefore }: NonNullable<Share['addition']>,
): Promise<void> {
  await client.query(
    `UPDATE legacy_shares SET talks = $3, logins = $4, active_before = $5, spoke_before = $6
     WHERE run_id = $1 AND owner_id = $2`,
    [runId, ownerId, talks, logins, activeBefore, spokeBefore],
  )
}

/** Whose profiles became whom. */
export async function noteProfiles(
  client: pg.ClientBase,
  runId: string,
  profiles: readonly { legacyId: string; userId: string }[],
): Promise<void> {
  const copy = startCopy(client, PROFILES)
  for (const { legacyId, userId } of profiles) await copy.write([legacyId, userId, runId])
  await copy.end()
}

/** What a run has read of a profile. */
export interface ProfileLook {
  legacyId: string
  ownerId: string
  /** What was counted of it, less what had been before. */
  credits: Credits
}

export async function noteLooks(client: pg.ClientBase, runId: string, looks: readonly ProfileLook[]): Promise<void> {
  const copy = startCopy(client, LOOKS)
  for (const { legacyId, ownerId, credits } of looks) {
    await copy.write([runId, legacyId, ownerId, credits.basic, credits.pro, credits.cassandra])
  }
  await copy.end()
}

const SHARES = {
  table: 'legacy_shares',
  columns: {
    run_id: 'uuid',
    owner_id: 'uuid',
    user_id: 'uuid',
    is_new: 'bool',
    first_seq: 'int8',
    last_seq: 'int8',
    hash: 'bytea',
    end_seq: 'int8',
  },
} as const

const PROFILES = { table: 'legacy_profiles', columns: { legacy_id: 'uuid', user_id: 'uuid', run_id: 'uuid' } } as const

const LOOKS = {
  table: 'legacy_looks',
  columns: { run_id: 'uuid', legacy_id: 'uuid', owner_id: 'uuid', basic: 'int4', pro: 'int4', cassandra: 'int4' },
} as const

/** What was counted of each of these profiles, over all runs. */
export async function countedBefore(client: Client, legacyIds: readonly string[]): Promise<Map<string, Credits>> {
  const { rows } = await client.query<{ legacy_id: string } & Credits>(
    `SELECT legacy_id, sum(basic)::integer AS basic, sum(pro)::integer AS pro, sum(cassandra)::integer AS cassandra
     FROM legacy_looks WHERE legacy_id = ANY($1::uuid[]) GROUP BY legacy_id`,
    [[...legacyIds]],
  )
  return new Map(rows.map(({ legacy_id, basic, pro, cassandra }) => [legacy_id, { basic, pro, cassandra }]))
}

/** Where the history of this user ended when something was last brought to them; null when nothing ever was. */
export async function endOfLastShare(client: Client, userId: string): Promise<number | null> {
  const { rows } = await client.query<{ end_seq: number }>(
    'SELECT end_seq FROM legacy_shares WHERE user_id = $1 ORDER BY place DESC LIMIT 1',
    [userId],
  )
  return rows[0]?.end_seq ?? null
}

/** By which run each of these profiles was read last; also by one that was taken back, where they stayed nevertheless. */
export async function lastLooks(client: Client, legacyIds: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await client.query<{ legacy_id: string; run_id: string }>(
    `SELECT DISTINCT ON (k.legacy_id) k.legacy_id, k.run_id FROM legacy_looks k JOIN legacy_runs r ON r.id = k.run_id
     WHERE k.legacy_id = ANY($1::uuid[]) ORDER BY k.legacy_id, r.started_at DESC`,
    [[...legacyIds]],
  )
  return new Map(rows.map(({ legacy_id, run_id }) => [legacy_id, run_id]))
}

/** The users that these profiles became. */
export async function usersOfProfiles(client: Client, legacyIds: readonly string[]): Promise<Map<string, string>> {
  return new Map((await arrivalsOf(client, legacyIds)).map(({ legacyId, userId }) => [legacyId, userId]))
}

/** Which of these profiles became whom, by which run. */
export async function arrivalsOf(
  client: Client,
  legacyIds: readonly string[],
): Promise<{ legacyId: string; userId: string; runId: string }[]> {
  const { rows } = await client.query<{ legacy_id: string; user_id: string; run_id: string }>(
    'SELECT legacy_id, user_id, run_id FROM legacy_profiles WHERE legacy_id = ANY($1::uuid[])',
    [[...legacyIds]],
  )
  return rows.map(({ legacy_id, user_id, run_id }) => ({ legacyId: legacy_id, userId: user_id, runId: run_id }))
}

/** The users that a run made, by id, with where their history ended then. */
export async function nextArrivals(
  client: Client,
  runId: string,
  { after, limit }: { after: string | null; limit: number },
): Promise<{ userId: string; lastSeq: number }[]> {
  const { rows } = await client.query<{ user_id: string; last_seq: number }>(
    `SELECT user_id, coalesce(last_seq, 0) AS last_seq FROM legacy_shares
     WHERE run_id = $1 AND is_new AND ($2::uuid IS NULL OR user_id > $2::uuid) ORDER BY user_id LIMIT $3`,
    [runId, after, limit],
  )
  return rows.map(({ user_id, last_seq }) => ({ userId: user_id, lastSeq: last_seq }))
}

/** What a run added to somebody who was here. */
export interface AddedShare {
  ownerId: string
  place: number
  userId: string
  firstSeq: number | null
  lastSeq: number | null
  endSeq: number
  talks: string[]
  logins: string[]
  activeBefore: string | null
  spokeBefore: number | null
}

/** The last ones first. */
export async function nextAdditions(
  client: Client,
  runId: string,
  { before, limit }: { before: number | null; limit: number },
): Promise<AddedShare[]> {
  const { rows } = await client.query<{
    owner_id: string
    place: number
    user_id: string
    first_seq: number | null
    last_seq: number | null
    end_seq: number
    talks: string[] | null
    logins: string[] | null
    active_before: string | null
    spoke_before: number | null
  }>(
    `SELECT owner_id, place, user_id, first_seq, last_seq, end_seq, talks, logins, active_before, spoke_before
     FROM legacy_shares
     WHERE run_id = $1 AND NOT is_new AND ($2::bigint IS NULL OR place < $2) ORDER BY place DESC LIMIT $3`,
    [runId, before, limit],
  )
  return rows.map((row) => ({
    ownerId: row.owner_id,
    place: row.place,
    userId: row.user_id,
    firstSeq: row.first_seq,
    lastSeq: row.last_seq,
    endSeq: row.end_seq,
    talks: row.talks ?? [],
    logins: row.logins ?? [],
    activeBefore: row.active_before,
    spokeBefore: row.spoke_before,
  }))
}

/** That they were ever brought. */
export async function forgetUsers(client: Client, userIds: readonly string[]): Promise<void> {
  for (const statement of [
    `DELETE FROM legacy_looks WHERE owner_id = ANY($1::uuid[]) OR legacy_id IN (
       SELECT legacy_id FROM legacy_profiles WHERE user_id = ANY($1::uuid[]))`,
    'DELETE FROM legacy_shares WHERE user_id = ANY($1::uuid[])',
    'DELETE FROM legacy_profiles WHERE user_id = ANY($1::uuid[])',
  ]) {
    await client.query(statement, [[...userIds]])
  }
}

/** The users of the profiles that came with a share: each has its own credits. */
export async function usersOfShare(client: Client, runId: string, ownerId: string): Promise<string[]> {
  const { rows } = await client.query<{ user_id: string }>(
    `SELECT DISTINCT p.user_id FROM legacy_looks k JOIN legacy_profiles p ON p.legacy_id = k.legacy_id
     WHERE k.run_id = $1 AND k.owner_id = $2`,
    [runId, ownerId],
  )
  return rows.map(({ user_id }) => user_id)
}

/** That a run added something to somebody. */
export async function forgetAddition(client: Client, runId: string, ownerId: string): Promise<void> {
  for (const statement of [
    `DELETE FROM legacy_profiles WHERE run_id = $1 AND legacy_id IN (
       SELECT legacy_id FROM legacy_looks WHERE run_id = $1 AND owner_id = $2)`,
    'DELETE FROM legacy_looks WHERE run_id = $1 AND owner_id = $2',
    'DELETE FROM legacy_shares WHERE run_id = $1 AND owner_id = $2',
  ]) {
    await client.query(statement, [runId, ownerId])
  }
}
