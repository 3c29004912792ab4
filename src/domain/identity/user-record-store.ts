import { sql } from 'kysely'
import type { Locale, Reachability } from '#contract/words'
import type { Executor } from '#platform/postgres'

/** What operators see of a user: ids, dates and states, and nothing that a person wrote or is called. */
export interface UserRecord {
  id: string
  locale: Locale
  createdAt: Date
  spokeAt: Date | null
  adultConfirmedAt: Date | null
  minorLockedAt: Date | null
  erasedAt: Date | null
  proactiveEnabled: boolean | null
  linesCount: number
  logins: { id: string; provider: string; reachability: Reachability; createdAt: string }[]
  openSessions: number
  lastSeenAt: Date | null
}

/** Null when there is no such living user. */
export async function readUserRecord(db: Executor, userId: string): Promise<UserRecord | null> {
  const { rows } = await sql<UserRecord>`
    SELECT u.id, u.locale, u.created_at AS "createdAt", u.spoke_at AS "spokeAt",
      u.adult_confirmed_at AS "adultConfirmedAt", u.minor_locked_at AS "minorLockedAt", u.erased_at AS "erasedAt",
      u.proactive_enabled AS "proactiveEnabled", (u.last_seq - u.seq_base + 1)::integer AS "linesCount",
      coalesce((
        SELECT jsonb_agg(jsonb_build_object('id', i.id, 'provider', i.provider, 'reachability', i.reachability,
          'createdAt', to_char(i.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) ORDER BY i.created_at, i.id)
        FROM identities i WHERE i.user_id = u.id), '[]') AS logins,
      (SELECT count(*)::integer FROM sessions s
        WHERE s.user_id = u.id AND s.revoked_at IS NULL AND s.expires_at > clock_timestamp()) AS "openSessions",
      (SELECT max(s.last_seen_at) FROM sessions s WHERE s.user_id = u.id) AS "lastSeenAt"
    FROM users u WHERE u.id = ${userId}::uuid AND u.merged_into IS NULL`.execute(db)
  return rows[0] ?? null
}
